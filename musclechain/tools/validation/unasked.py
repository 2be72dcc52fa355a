"""Findings that the model cannot be asked about, and why.

A question that would only resemble the study is not put in its place: the
answer would look like a test and be none.
"""

from musclechain.tools.validation.question import Question

__all__ = ["QUESTIONS"]

WALKING = "The study was about walking. The model stands still; it knows no steps and no inertia."
RUNNING = "The study was about how a running foot rolls. The chain that runs has no such joint."
SHARES = (
    "How the weight is shared between the feet is told to the model, so it cannot be tested by it."
)
PRESSURE = (
    "The study gives the pressure in a disc. The model knows the force that passes a joint, and no"
    " disc that it presses on"
)
SWAY = "The model stands still: it knows no sway and nothing that happens in time."
NOT_SEEN = "What the study found was not seen, so there is nothing to compare with."

QUESTIONS = tuple(
    Question(evidence, published, why_not=why_not)
    for evidence, published, why_not in (
        (
            "HS05",
            "in mild strains the loss of leg raise foretells the return, the scan does not",
            "The study is about how long healing takes. The model raises a leg on one day.",
        ),
        (
            "HS09",
            "odds of later back pain 0.96 for each degree more, 0.94 to 0.98",
            "The study is about who gets back pain. The model has no pain of its own.",
        ),
        (
            "NV09",
            "48 % of the tension gone in an hour, 34 % where it is stretched further",
            "The nerve of the model is elastic: nothing in it gives way with time.",
        ),
        (
            "RE06",
            "half of the gain in flexibility within 2 minutes, most from the near places",
            "The study is about minutes of pressing and about how far a leg can be raised before it"
            " is too much. The model has neither.",
        ),
        (
            "LL05",
            "gluteus medius changed on the side of the insole, long back muscles not",
            WALKING,
        ),
        ("LL06", "ground forces changed, the work of trunk and hip muscles not", WALKING),
        ("LL07", "weight moves to the side of the longer leg in quiet standing", SHARES),
        ("LL08", "the shorter leg takes more load in walking", WALKING),
        ("LL09", "the shorter leg takes more load in walking, clearly from 2.5 cm", WALKING),
        ("LL12", "not known", NOT_SEEN),
        ("LD01", "238 % of body weight in walking, 251 % up and 260 % down stairs", WALKING),
        ("LD07", "50 % of the weight on each foot, 45 to 55 %", SHARES),
        (
            "LD08",
            "0.50 MPa standing, 0.46 sitting, 0.10 lying",
            f"{PRESSURE}; nor can it sit or lie.",
        ),
        (
            "LD14",
            "without any one group of muscles the stability of the spine falls by 30 % or less",
            "The model finds a balance and does not say how stable it is.",
        ),
        ("LD18", "0.2 to 0.56 MPa in the discs of the neck", f"{PRESSURE}."),
        ("LD21", "more sway on a smaller base", SWAY),
        ("LD22", "6 to 10 mm/s on two legs, 30 to 40 mm/s on one", SWAY),
        (
            "TP02",
            "7.1 MPa in a strip of lumbar fascia beside 0.07 in a strip of muscle",
            "The study gives stress in strips of equal strain. The model knows the force of a whole"
            " structure, and no thickness of a fascia.",
        ),
        ("FT07", "less rolling in and less turn of the shin on a wedge of 5 deg", RUNNING),
        ("NW02", "more impact, longer recovery (recalled)", NOT_SEEN),
    )
)
