"""The lessons: one module each, which brings its labs, exercises, predictions and findings."""

from musclechain.lessons.claims import close_lesson
from musclechain.lessons.contents import show_lessons
from musclechain.lessons.exercises import ask_exercise, check_exercise
from musclechain.lessons.lesson import find_public, list_lessons, predict, tasks
from musclechain.lessons.predictions import show_predictions

__all__ = [
    "ask_exercise",
    "check_exercise",
    "close_lesson",
    "find_public",
    "list_lessons",
    "predict",
    "show_lessons",
    "show_predictions",
    "tasks",
]
