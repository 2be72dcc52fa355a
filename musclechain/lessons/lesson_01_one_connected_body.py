"""Lesson 01: one connected body, from two springs to the whole graph."""

from typing import Any

import ipywidgets as widgets
import networkx as nx

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import name_structure
from musclechain.anatomy.nerves import list_shared_roots
from musclechain.cases.bodies import ARRANGEMENTS, two_springs
from musclechain.cases.causes import Cut, CutLink, LegLift, PullOn
from musclechain.cases.chains import pull_chain, pull_chains
from musclechain.labs.controls import Control, build_cases, control_of
from musclechain.labs.exercises import Exercise, find_structure, is_number, strip_side
from musclechain.labs.lab import Lab
from musclechain.labs.panel import Panel
from musclechain.lessons.lesson import Lesson, Question
from musclechain.mechanics.change import Case
from musclechain.mechanics.spread import Result, spread
from musclechain.views.body.springs import draw_springs
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.chains import compare_chain_pulls, describe_chain_pull
from musclechain.views.words.findings.springs import describe_springs

__all__ = ["LESSON", "LiftLab", "PullLab", "SpringLab", "describe_chains", "follow_chain"]

NO_CUT = ""
SPRINGS, PULL_N = {"k1": 10, "k2": 40}, 20


# ---- its panels -------------------------------------------------------------------------------


class SpringLab(Panel):
    """Two springs and a hook: the smallest body, solved by the same code as the large one.

    Parameters
    ----------
    **values
        Starting values: arrangement, k1, k2 (N/mm), newtons.

    Attributes
    ----------
    result : Result
        The newest state.
    """

    title = "Two springs"
    controls = (
        Control(
            "arrangement",
            "The springs lie",
            "series",
            kind="choice",
            choices=ARRANGEMENTS,
            help="In series: one behind the other. In parallel: side by side.",
        ),
        Control(
            "k1", "Stiffness of spring 1", 10, kind="steps", low=1, high=50, step=1, unit="N/mm"
        ),
        Control(
            "k2", "Stiffness of spring 2", 30, kind="steps", low=1, high=50, step=1, unit="N/mm"
        ),
        Control("newtons", "Pull on the hook", 30, kind="steps", low=1, high=60, step=1, unit="N"),
    )

    def __init__(self, **values: Any) -> None:
        self._picture, self._words = widgets.HTML(), widgets.HTML()
        super().__init__(widgets.VBox([self._picture, self._words]), **values)
        self.answer()

    def answer(self) -> None:
        """Solve the springs and show them."""
        values = self.values
        springs = two_springs(values["arrangement"], values["k1"], values["k2"])
        self.result: Result = spread(springs, PullOn("hook", values["newtons"]))
        self._picture.value = draw_springs(self.result)
        self._words.value = describe_springs(self.result)._repr_html_()

    def table(self) -> Any:
        """The table of the newest result; see `Result.table`."""
        return self.result.table()


class PullLab(Lab):
    """Pull on any structure, and cut any other, or a link: how far does it get?

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
    **values
        Starting values: structure, newtons, cut.
    """

    title = "Pull anywhere"

    def list_controls(self, body: Body) -> tuple[Control, ...]:
        """List the pull and the cut, with everything of the body that can be pulled on or cut."""
        computed = dict.fromkeys(line.structure for line in body.lines if line.computed)
        names = sorted((name_structure(body, name), name) for name in computed)
        start = next((name for _, name in names if name == "latissimus_dorsi_left"), names[0][1])
        return (
            control_of(PullOn, "structure", default=start, choices=tuple(names)),
            control_of(PullOn, "newtons", high=200),
            Control(
                "cut",
                "Cut before pulling",
                NO_CUT,
                kind="list",
                choices=(("nothing", NO_CUT), *names, *_list_links(body)),
                help=(
                    "Cut one structure, or one link between two structures, and see whether the"
                    " pull still gets there."
                ),
            ),
        )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the pull, and the cut, that the controls ask for."""
        first, *second = values["cut"].split("|")
        cut = [CutLink(first, *second) if second else Cut(first)] if first else []
        return [*cut, *build_cases(self.controls, values)]


def _list_links(body: Body) -> list[tuple[str, str]]:
    """Every link of tissue to tissue that carries force, as (words, value)."""
    links = {
        tuple(sorted((first, second)))
        for first, second, data in body.graph.edges(data=True)
        if data.get("kind") == "continuous" and data.get("junction")
    }
    return sorted(
        (
            f"the link {name_structure(body, first)} – {name_structure(body, second)}",
            f"{first}|{second}",
        )
        for first, second in links
    )


class LiftLab(Lab):
    """Lift a leg: what does the trunk do to keep you upright?"""

    title = "Lift a leg"
    controls = (
        control_of(LegLift, "side"),
        control_of(LegLift, "height_deg", default=20),
        control_of(LegLift, "lean_deg", low=-10, high=10),
    )


# ---- its findings -----------------------------------------------------------------------------


def follow_chain(body: Body, chain: str, newtons: float = 50) -> Finding:
    """Pull on the first station of a myofascial chain, and say what arrives at each of the others.

    Parameters
    ----------
    body : Body
    chain : str
        Id of ``body.chains``, such as ``back_functional_line_left``.
    newtons : float
        0 to 1000.

    Returns
    -------
    Finding
        As of `describe_chain_pull`.

    Raises
    ------
    CauseError
        As `pull_chain`.
    """
    return describe_chain_pull(pull_chain(body, chain, newtons))


def describe_chains(body: Body, newtons: float = 50, side: str = "left") -> Finding:
    """Pull on every myofascial chain of one side, one after the other, and compare how far the pull
    gets.

    Parameters
    ----------
    body : Body
    newtons : float
        0 to 1000.
    side : "left" or "right"

    Returns
    -------
    Finding
        As of `compare_chain_pulls`.

    Raises
    ------
    CauseError
        As `pull_chains`.
    """
    return compare_chain_pulls(pull_chains(body, newtons, side))


# ---- its exercises ----------------------------------------------------------------------------


def _pull_springs(arrangement: str) -> tuple[float, float]:
    """Force of both springs of the exercises, N."""
    springs = two_springs(arrangement, **SPRINGS)
    force = spread(springs, PullOn("hook", PULL_N)).table()["pull_N"]
    return force["spring_1"], force["spring_2"]


def judge_series(_: Body, mm: Any) -> str:
    """How far the hook moves with the springs in series."""
    if not is_number(mm):
        return "Put a number of millimetres in, such as 1.5."
    stretch = [
        force / k for force, k in zip(_pull_springs("series"), SPRINGS.values(), strict=True)
    ]
    if abs(mm - sum(stretch)) <= 0.01 * sum(stretch):
        return ""
    if abs(mm - PULL_N / sum(SPRINGS.values())) < 0.01:
        return (
            "You have added the stiffnesses. That is right for springs side by side. Here one pulls"
            " on the other: what adds up?"
        )
    if any(abs(mm - longer) < 0.01 for longer in stretch):
        return (
            "That is how much longer one of the two springs gets. The end of the hook moves by"
            " more."
        )
    return (
        "Both springs carry the whole pull. Work out x = F / k for each, and then think what the"
        " end of the hook does."
    )


def judge_parallel(_: Body, newtons: Any) -> str:
    """What the stiff spring carries with the springs in parallel."""
    if not is_number(newtons):
        return "Put a number of newtons in, such as 12."
    soft, stiff = _pull_springs("parallel")
    if abs(newtons - stiff) <= 0.01 * stiff:
        return ""
    if abs(newtons - PULL_N / 2) < 0.01:
        return (
            "They would share evenly if they were equally stiff. Both get longer by the same; which"
            " one needs more force for that?"
        )
    if abs(newtons - soft) < 0.01 * stiff:
        return "That is the share of the soft spring."
    return (
        "Both get longer by the same x. So each force is k times x, and the two forces add up to"
        " the pull."
    )


def judge_shared_root(body: Body, name: Any) -> str:
    """A muscle below the knee that shares a root with the side hip muscle."""
    muscles = [name for name in body.structures if body.graph.nodes[name]["kind"] == "muscle"]
    structure = find_structure(body, name, muscles)
    if structure is None:
        return 'Put the name of a muscle in quotation marks, such as "gluteus_maximus_left".'
    called = name_structure(body, structure)
    if body.graph.nodes[structure]["region"] not in ("calf", "foot"):
        return (
            f"{called} does not lie below the knee. Look in the list for a muscle of calf, shin or"
            " foot."
        )
    if f"{strip_side(structure)}_left" in list_shared_roots(body, "gluteus_medius_left"):
        return ""
    return (
        f"{called} lies below the knee, but shares no root with Gluteus medius. Look in the list."
    )


def judge_steps(body: Body, count: Any) -> str:
    """A function that counts the steps between two structures."""
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
                else "Does it give back a whole number (return)? Try"
                " nx.shortest_path(body.graph, start, goal) first."
            )
    return ""


LESSON = Lesson(
    name="01_one_connected_body",
    title="One connected body",
    about=(
        "from two springs worked out by hand to the whole body: pull anywhere, cut a link, lift a"
        " leg, follow each myofascial chain"
    ),
    minutes=60,
    labs=(SpringLab, PullLab, LiftLab),
    findings=(follow_chain, describe_chains),
    exercises=(
        Exercise(
            "springs_in_series",
            judge_series,
            "Both carry the whole pull, and the two stretches add up. The soft one gives most of"
            " the way.",
            unit="mm",
            mistakes=(
                (0.4, "added the stiffnesses"),
                (2, "one of the two"),
                (0.5, "one of the two"),
                (7, "x = F / k"),
                ("2 N", "millimetres"),
            ),
        ),
        Exercise(
            "springs_in_parallel",
            judge_parallel,
            "Both get longer by the same, so the stiff one carries more. Keep this in mind when you"
            " look at the pelvis.",
            unit="N",
            mistakes=(
                (10, "share evenly"),
                (4, "soft spring"),
                (20, "k times x"),
                (None, "newtons"),
            ),
        ),
        Exercise(
            "shared_root",
            judge_shared_root,
            "One root serves muscles that lie far apart. No tissue has to join them.",
            mistakes=(
                ("Gluteus maximus", "below the knee"),
                ("nothing", "quotation marks"),
                (1, "quotation marks"),
            ),
        ),
        Exercise(
            "count_steps",
            judge_steps,
            "Few steps do not mean a strong pull: the shortest way often leads over bones.",
            mistakes=(
                (3, "function"),
                (lambda start, goal: 2, "gives 2"),
                (lambda start, goal: None, "gives None"),
            ),
        ),
    ),
    predictions={
        "latissimus": Question(
            "Latissimus dorsi on the left tightens by 50 N. By how much does the tension of Gluteus"
            " maximus on the right change?",
            [
                "By about as much",
                "By about a third of it",
                "By about a tenth of it",
                "By less than 1 N",
            ],
        ),
        "lift": Question(
            "The left foot leaves the ground. Which side of the low back carries more now?",
            [
                "The left side, above the lifted leg",
                "The right side, above the standing leg",
                "Both alike",
                "Neither changes: a leg is not a back",
            ],
        ),
    },
)
