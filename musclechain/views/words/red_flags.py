"""Signs with which to seek help: one list for the card for home, for lesson 00 and for the notes at
the top of the lessons.

Lesson 00 and the notes stand as plain text in the notebooks, since who has such a sign should read
of it before anything is run; tests/lessons/test_red_flags.py holds them to this list.
"""

from dataclasses import dataclass

__all__ = ["ASK", "RED_FLAGS", "RedFlag"]


@dataclass(frozen=True)
class RedFlag:
    """A sign with which to seek help.

    Attributes
    ----------
    words : str
        As a list of such signs says it, after "if".
    short : tuple of str
        As the notes at the top of lessons may name it, in small letters.
    """

    words: str
    short: tuple[str, ...]


# With these help is sought at once.
RED_FLAGS = (
    RedFlag(
        "a leg or foot gets numb or weak",
        (
            "a foot or leg that gets weak",
            "a leg that gets numb or weak",
            "a leg that gets weak",
            "leg pain with numbness",
            "numbness",
            "weakness",
        ),
    ),
    RedFlag("numbness between the legs, or around the seat", ("numbness between the legs",)),
    RedFlag(
        "you cannot hold or pass water or stool as usual",
        ("changes of bladder or bowel", "new trouble with bladder or bowel"),
    ),
    RedFlag("one calf is swollen, hot and sore", ("a swollen, hot calf",)),
    RedFlag("the pain began with a heavy fall or an accident", ("a heavy fall",)),
    RedFlag("you have fever, or you lose weight and do not know why", ("fever", "weight loss")),
    RedFlag(
        "the pain is bad at night and rest does not ease it", ("pain that wakes you at night",)
    ),
    RedFlag(
        "you heard or felt a pop in the muscle, and you cannot walk on that leg",
        ("a pop in a muscle, with a leg that you cannot walk on",),
    ),
)
# With these a clinician is asked, though not in a hurry.
ASK = (
    RedFlag("you have or have had cancer", ("cancer now or in the past",)),
    RedFlag("pain lasts, or you are worried", ("pain that lasts and worries you",)),
)
