"""The table of lessons of the README, made from what the lessons say of themselves."""

from musclechain.lessons.lesson import list_lessons

__all__ = ["describe_lessons"]


def describe_lessons() -> str:
    """Describe the lessons as a Markdown table: lesson with its link, about, minutes.

    Returns
    -------
    str
    """
    rows = [
        f"| [{lesson.number} {lesson.title}](notebooks/{lesson.notebook}) | {lesson.about} |"
        f" {lesson.minutes} |"
        for lesson in list_lessons()
    ]
    return "\n".join(["| lesson | about | minutes |", "|---|---|---|", *rows])
