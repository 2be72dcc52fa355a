"""Exercises: a cell with three dots to replace, and a check that answers with a hint, never with
the solution.

What is right is worked out by the model when it is asked, so that an exercise
follows the data.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real

import networkx as nx

from musclechain.anatomy.body import UnknownStructureError, read_body
from musclechain.anatomy.graph_checks import GraphError
from musclechain.anatomy.nerves import list_shared_roots
from musclechain.cases.bodies import HAMSTRINGS, shorten_muscles, two_springs
from musclechain.cases.causes import ForwardBend, Limp, PullOn
from musclechain.mechanics.change import CauseError, SolveError
from musclechain.mechanics.spread import spread
from musclechain.views.words.errors import describe_error
from musclechain.views.words.format import name_structure

__all__ = ["EXERCISES", "Exercise", "Reply", "check_exercise"]

SPRINGS = {"k1": 10, "k2": 40, "pull": 20}
TENDON_N = 40
PELVIS_DEG = 2
BEND = {"shorter_mm": 20, "hip_share": 0.35, "tension_n": 1500}
HIP_N = 1100
FAR_SIDE_N = 30


@dataclass(frozen=True)
class Exercise:
    """A task with one open value.

    Attributes
    ----------
    name : str
    lesson : str
        Number of the lesson that sets it.
    judge : callable
        Called with body and value; gives "" if the value is right, else a hint.
    because : str
        Why it is right, shown once it is.
    """

    name: str
    lesson: str
    judge: Callable
    because: str


@dataclass(frozen=True)
class Reply:
    """The answer to an answer; a notebook shows it as a line.

    Attributes
    ----------
    state : "open", "not yet" or "right"
    message : str
    """

    state: str
    message: str

    @property
    def is_right(self):
        """Whether the exercise is solved."""
        return self.state == "right"

    def __repr__(self):
        return (
            f"{ {'open': '✎ Open.', 'not yet': '✗ Not yet.', 'right': '✓ Right.'}[self.state] }"
            f" {self.message}"
        )

    def _repr_html_(self):
        return (
            "<p role='status' style='border-left:4px solid currentColor;padding:4px"
            f" 10px;line-height:1.5'>{html.escape(repr(self))}</p>"
        )


def check_exercise(name, value, body=None):
    """Check the answer to an exercise.

    Parameters
    ----------
    name : str
        Name of the exercise, as its cell has it.
    value : object
        The answer; three dots for none.
    body : Body, optional
        The body that the lesson is about; by default the one that comes with the package.

    Returns
    -------
    Reply
        With a hint if the answer is wrong; it never tells the solution.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> check_exercise("springs_in_series", ...)
    ✎ Open. Replace the three dots with your answer, and run the cell again.
    >>> check_exercise("springs_in_series", 0.4).is_right
    False
    """
    exercise = EXERCISES.get(name)
    if exercise is None:
        raise ValueError(f"There is no exercise {name!r}; there are {', '.join(EXERCISES)}.")
    if value is ...:
        return Reply("open", "Replace the three dots with your answer, and run the cell again.")
    try:
        hint = exercise.judge(read_body() if body is None else body, value)
    except (CauseError, SolveError, GraphError, UnknownStructureError) as error:
        hint = describe_error(error)
    return Reply("not yet", hint) if hint else Reply("right", exercise.because)


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool)


def _compare(reached, wanted, within, words, unit):
    """Say how far the model gets with an answer; "" if that is near enough."""
    if abs(reached - wanted) <= within:
        return ""
    return (
        f"With your number {words} {reached:.1f} {unit}. That is"
        f" {'too little' if reached < wanted else 'too much'}: {wanted:g} {unit} are asked for."
    )


# ---- 00 ----------------------------------------------------------------------------------------


def _judge_tendon(body, newtons):
    if not _is_number(newtons):
        return "Put a number in, such as 30."
    reached = (
        spread(body, PullOn("soleus_left", newtons)).table().at["achilles_tendon_left", "change_N"]
    )
    return _compare(reached, TENDON_N, 2, "the tendon carries more by", "N")


def _judge_neighbour(body, name):
    table = spread(body, PullOn("soleus_left", 50)).table()
    rest = table["change_N"].drop(["soleus_left", "achilles_tendon_left"]).abs()
    structure = _find_name(body, name, rest.index)
    if structure is None:
        return (
            "Put a name in quotation marks, as the line under the picture writes it, such as"
            ' "Gluteus maximus".'
        )
    if _strip_side(structure) == _strip_side(rest.idxmax()):
        return ""
    return (
        f"{name_structure(body, structure)} changes by {rest[structure]:.1f} N. There is one that"
        " changes more. Look near the soleus, and compare what the line under the picture says."
    )


def _strip_side(structure):
    return structure.removesuffix("_left").removesuffix("_right")


def _find_name(body, name, structures):
    """Find a structure by its id or by its name, with side or without; None if there is none."""
    if not isinstance(name, str):
        return None
    wanted = " ".join(name.lower().replace(",", " ").replace("_", " ").split())
    for one in structures:
        known = {
            one.replace("_", " ").lower(),
            _strip_side(one).replace("_", " ").lower(),
            name_structure(body, one).lower().replace(",", ""),
            str(body.graph.nodes[one]["name"]).lower(),
            str(body.graph.nodes[one].get("plain_name", "")).lower(),
        }
        if wanted and wanted in known:
            return one
    return None


# ---- 01 ----------------------------------------------------------------------------------------


def _springs(arrangement):
    return spread(
        two_springs(arrangement, SPRINGS["k1"], SPRINGS["k2"]), PullOn("hook", SPRINGS["pull"])
    ).table()["pull_N"]


def _judge_series(_, mm):
    if not _is_number(mm):
        return "Put a number of millimetres in, such as 1.5."
    force, pull = _springs("series"), SPRINGS["pull"]
    stretch = [force["spring_1"] / SPRINGS["k1"], force["spring_2"] / SPRINGS["k2"]]
    if abs(mm - sum(stretch)) <= 0.01 * sum(stretch):
        return ""
    if abs(mm - pull / (SPRINGS["k1"] + SPRINGS["k2"])) < 0.01:
        return (
            "You have added the stiffnesses. That is right for springs side by side. Here one pulls"
            " on the other: what adds up?"
        )
    if any(abs(mm - one) < 0.01 for one in stretch):
        return (
            "That is how much longer one of the two springs gets. The end of the hook moves by"
            " more."
        )
    return (
        "Both springs carry the whole pull. Work out x = F / k for each, and then think what the"
        " end of the hook does."
    )


def _judge_parallel(_, newtons):
    if not _is_number(newtons):
        return "Put a number of newtons in, such as 12."
    force = _springs("parallel")
    if abs(newtons - force["spring_2"]) <= 0.01 * force["spring_2"]:
        return ""
    if abs(newtons - SPRINGS["pull"] / 2) < 0.01:
        return (
            "They would share evenly if they were equally stiff. Both get longer by the same; which"
            " one needs more force for that?"
        )
    if abs(newtons - force["spring_1"]) < 0.01 * force["spring_2"]:
        return "That is the share of the soft spring."
    return (
        "Both get longer by the same x. So each force is k times x, and the two forces add up to"
        " the pull."
    )


def _judge_shared_root(body, name):
    gluteus = "gluteus_medius_left"
    below = [
        one
        for one in body.structures
        if body.graph.nodes[one]["region"] in ("calf", "foot")
        and body.graph.nodes[one]["kind"] == "muscle"
    ]
    structure = _find_name(
        body, name, [one for one in body.structures if body.graph.nodes[one]["kind"] == "muscle"]
    )
    if structure is None:
        return 'Put the name of a muscle in quotation marks, such as "gluteus_maximus_left".'
    if structure not in below:
        return (
            f"{name_structure(body, structure)} does not lie below the knee. Look in the list for a"
            " muscle of calf, shin or foot."
        )
    sided = f"{_strip_side(structure)}_left"
    return (
        ""
        if sided in list_shared_roots(body, gluteus)
        else (
            f"{name_structure(body, structure)} lies below the knee, but shares no root with"
            " Gluteus medius. Look in the list."
        )
    )


def _judge_steps(body, count):
    if not callable(count):
        return "Write a function: def count_steps(start, goal), which gives a number back."
    for start, goal in (
        ("soleus_left", "achilles_tendon_left"),
        ("plantar_fascia_left", "semispinalis_capitis_left"),
        ("soleus_left", "soleus_left"),
    ):
        wanted, given = nx.shortest_path_length(body.graph, start, goal), count(start, goal)
        if given != wanted:
            return f"From {start} to {goal} your function gives {given!r}. " + (
                "It counts the stops. Steps are what lies between stops, one fewer."
                if given == wanted + 1
                else (
                    "Does it give back a whole number (return)? Try nx.shortest_path(body.graph,"
                    " start, goal) first."
                )
            )
    return ""


# ---- 02 ----------------------------------------------------------------------------------------


def _judge_pelvis(body, newtons):
    if not _is_number(newtons):
        return "Put a number in, such as 120."
    turned = (
        -spread(body, PullOn("biceps_femoris_long_head_left", newtons), posture=False)
        .pose()
        .at["pelvis", "flexion_deg"]
    )
    return _compare(turned, PELVIS_DEG, 0.1, "the pelvis turns backward by", "degrees")


def _judge_bend(body, degrees):
    if not _is_number(degrees):
        return "Put a number of degrees in, from 0 to 60."
    hamstrings = [f"{name}_{side}" for name in HAMSTRINGS for side in ("left", "right")]
    bent = spread(
        shorten_muscles(body, hamstrings, BEND["shorter_mm"]),
        ForwardBend(degrees, BEND["hip_share"]),
    ).table()
    return _compare(
        bent.loc[hamstrings, "after_N"].sum(),
        BEND["tension_n"],
        40,
        "the hamstrings together carry",
        "N",
    )


# ---- 03 ----------------------------------------------------------------------------------------


def _judge_hip(body, lean):
    if not _is_number(lean):
        return "Put a number of degrees in, from -20 to 20. Positive leans to the sound side."
    return _compare(
        spread(body, Limp("left", offload=0.5, lean_deg=lean)).joint_loads()["hip_right"],
        HIP_N,
        20,
        "the right hip carries",
        "N",
    )


def _judge_far_side(body, lean):
    if not _is_number(lean):
        return "Put a number of degrees in, from -20 to 20. Positive leans to the sound side."
    table = spread(body, Limp("left", offload=0, lean_deg=lean)).table()
    low = table[(table["region"] == "lumbar") & (table["kind"] == "muscle")]
    lead = (
        low.loc[low["side"] == "right", "after_N"].sum()
        - low.loc[low["side"] == "left", "after_N"].sum()
    )
    if lead < -1:
        return (
            f"With your number the left side carries {-lead:.0f} N more than the right. Which way"
            " must the trunk lean for the right side to hold it?"
        )
    return _compare(lead, FAR_SIDE_N, 3, "the right side of the low back leads by", "N")


EXERCISES = {
    one.name: one
    for one in (
        Exercise(
            "pull_on_the_tendon",
            "00",
            _judge_tendon,
            "Twice the pull, twice the answer: for small pulls the model is proportional.",
        ),
        Exercise(
            "the_neighbour",
            "00",
            _judge_neighbour,
            "It ends in the same tendon. When the soleus takes over, its neighbour has less to"
            " hold.",
        ),
        Exercise(
            "springs_in_series",
            "01",
            _judge_series,
            "Both carry the whole pull, and the two stretches add up. The soft one gives most of"
            " the way.",
        ),
        Exercise(
            "springs_in_parallel",
            "01",
            _judge_parallel,
            "Both get longer by the same, so the stiff one carries more. Keep this in mind when you"
            " look at the pelvis.",
        ),
        Exercise(
            "shared_root",
            "01",
            _judge_shared_root,
            "One root serves muscles that lie far apart. No tissue has to join them.",
        ),
        Exercise(
            "count_steps",
            "01",
            _judge_steps,
            "Few steps do not mean a strong pull: the shortest way often leads over bones.",
        ),
        Exercise(
            "turn_the_pelvis",
            "02",
            _judge_pelvis,
            "It takes a strong pull to turn the pelvis by an angle that hardly anybody would see.",
        ),
        Exercise(
            "short_hamstrings",
            "02",
            _judge_bend,
            "The resistance of a stretched muscle grows steeply. Some degrees more, and it is much"
            " more.",
        ),
        Exercise(
            "spare_the_hip",
            "03",
            _judge_hip,
            "The lean brings the weight over the hip joint, and the side hip muscles need less"
            " pull.",
        ),
        Exercise(
            "the_far_side",
            "03",
            _judge_far_side,
            "A minus sign leans over the sore leg, to the left. Then the right side is the far"
            " side, and holds.",
        ),
    )
}
