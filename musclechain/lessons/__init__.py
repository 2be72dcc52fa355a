"""The lessons: one module each, which brings its labs, exercises, predictions and findings."""

from musclechain.lessons.contents import show_lessons
from musclechain.lessons.exercises import check_exercise
from musclechain.lessons.lesson import find_public, list_lessons, predict

__all__ = ["check_exercise", "find_public", "list_lessons", "predict", "show_lessons"]
