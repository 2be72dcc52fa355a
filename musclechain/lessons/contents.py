"""The list of lessons, as a page shows it."""

import html

from musclechain.lessons.lesson import Lesson, list_lessons

__all__ = ["Contents", "show_lessons"]

# JupyterLab tells links within text by colour alone
UNDERLINED = "text-decoration:underline"


class Contents:
    """The list of lessons; a notebook shows links, ``str()`` gives plain text."""

    def __init__(self, lessons: tuple[Lesson, ...]) -> None:
        self.lessons = lessons

    def __repr__(self) -> str:
        return "\n".join(
            f"{lesson.number} {lesson.title} ({lesson.minutes} minutes): {lesson.about}"
            for lesson in self.lessons
        )

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><a style='{UNDERLINED}' href='{html.escape(lesson.notebook)}'>{lesson.number}"
            f" {html.escape(lesson.title)}</a> ({lesson.minutes} minutes):"
            f" {html.escape(lesson.about)}.</li>"
            for lesson in self.lessons
        )
        return f"<ul style='line-height:1.5'>{items}</ul>"


def show_lessons(first: str = "01") -> Contents:
    """Show the lessons from a number on.

    Parameters
    ----------
    first : str
        Two digits.

    Returns
    -------
    Contents
    """
    return Contents(tuple(lesson for lesson in list_lessons() if lesson.number >= first))
