"""Lesson 01: one connected body, from two springs to the whole graph."""

from typing import Any

import ipywidgets as widgets
import networkx as nx

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change, name_structure
from musclechain.anatomy.nerves import list_shared_roots
from musclechain.anatomy.ways import find_meeting
from musclechain.cases.bodies import ARRANGEMENTS, two_springs
from musclechain.cases.causes import Cut, CutLink, LegLift, PullOn
from musclechain.cases.chains import pull_chain, pull_chains
from musclechain.labs.controls import Control, build_cases, control_of
from musclechain.labs.exercises import Exercise, find_structure, is_number, strip_side
from musclechain.labs.lab import Lab
from musclechain.labs.panel import Panel
from musclechain.labs.tasks import Task
from musclechain.labs.workbook import Workbook
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.mechanics.change import Case
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.spread import Result, spread
from musclechain.views.body.springs import draw_springs
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.chains import (
    compare_chain_pulls,
    describe_chain_pull,
    describe_meeting,
)
from musclechain.views.words.findings.sides import describe_sides
from musclechain.views.words.findings.springs import describe_springs

__all__ = ["LESSON", "LiftLab", "PullLab", "SpringLab", "describe_chains", "follow_chain"]

NO_CUT = ""
SPRINGS, PULL_N = {"k1": 10, "k2": 40}, 20
SOLE_TO_NECK = ("plantar_fascia_left", "semispinalis_capitis_left")


# ---- its panels -------------------------------------------------------------------------------


class SpringLab(Panel):
    """Two springs and a hook: the smallest body, solved by the same code as the large one.

    Parameters
    ----------
    workbook : Workbook, optional
        Keeps the settings for when the cell is run again.
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

    def __init__(self, workbook: Workbook | None = None, **values: Any) -> None:
        self._picture, self._words = widgets.HTML(), widgets.HTML()
        picture = widgets.VBox([self._picture, self._words])
        super().__init__(picture, workbook=workbook, **values)
        self.answer()

    def answer(self) -> None:
        """Solve the springs and show them."""
        values = self.values
        springs = two_springs(values["arrangement"], values["k1"], values["k2"])
        self.result: Result = spread(springs, PullOn("hook", values["newtons"]))
        self._picture.value = draw_springs(self.result)
        self._words.value = describe_springs(self.result)._repr_html_()

    def draw_still(self) -> str:
        """Draw the springs as they stand, with their sentence."""
        return self._picture.value + self._words.value

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


PULL_CHOICES = (
    "By about as much",
    "By about a third of it",
    "By about a tenth of it",
    "By less than 1 N",
)
LIFT_CHOICES = (
    "The left side, above the lifted leg",
    "The right side, above the standing leg",
    "Both alike",
    "Neither changes: a leg is not a back",
)


def solve_pull(body: Body) -> Result:
    """What the prediction of the pull asks about."""
    return spread(body, PullOn("latissimus_dorsi_left", 50))


def solve_lift(body: Body) -> Result:
    """What the prediction of the lifted leg asks about."""
    return spread(body, LegLift("left"))


def compare_pull(body: Body) -> tuple[str, str]:
    """What of a pull of latissimus the buttock of the other side gets, as one of the choices."""
    pull = solve_pull(body).table()["pull_N"]
    arrived, share = pull["gluteus_maximus_right"], abs(pull["gluteus_maximus_right"]) / 50
    number = 3 if abs(arrived) < 1 else 2 if share < 0.2 else 1 if share < 0.6 else 0
    return PULL_CHOICES[number], f"it carries {format_change(arrived)}."


def compare_lift(body: Body) -> tuple[str, str]:
    """Which side of the low back works when the left foot leaves the ground, as a choice."""
    lifted = solve_lift(body)
    left, right = (add_up(lifted, f"lumbar, {side}") for side in ("left", "right"))
    number = 3 if max(left, right) < 1 else 2 if abs(left - right) < 5 else 0 if left > right else 1
    return LIFT_CHOICES[number], (
        f"the muscles of the left low back carry {format_change(left)}, those of the right"
        f" {format_change(right)}."
    )


TASKS = {
    "pull": (
        Task(
            "Press Play and watch. Then click the sheet of fascia over the low back, on the left."
            " By how many newtons does its tension rise?",
            "The fascia lies beside bones, joints and thick muscles. They are stiffer, and take the"
            " most.",
            hint="Read its card in the tab Selected structure: the change.",
            number=lambda result: float(result.table().at["thoracolumbar_fascia_left", "change_N"]),
            within=0.3,
        ),
        Task(
            "Which structure beside the pulled one changes most? Click it.",
            "It shares the shoulder with the muscle that pulls.",
            hint="Open the tab What changed most.",
            structures=lambda result: [
                str(result.table()["pull_N"].abs().drop("latissimus_dorsi_left").idxmax())
            ],
        ),
        Task(
            "The fascia of the left low back is cut. Do the other muscles of back and neck change"
            " less, more, or as before?",
            "One way is closed, and the others take most of it over.",
            {"cut": "thoracolumbar_fascia_left"},
            choices=dict.fromkeys(
                ("Less, but most of it still arrives", "As before", "More", "Nothing arrives"),
                "Compare the ladder with and without the cut, at ×10.",
            ),
            look={"magnifier": 10},
            right=lambda result: (
                "Less, but most of it still arrives"
                if 0.5 < _share_kept(result) < 0.99
                else "As before"
                if 0.99 <= _share_kept(result) < 1.01
                else "More"
                if _share_kept(result) >= 1.01
                else "Nothing arrives"
            ),
        ),
    ),
    "lift": (
        Task(
            "Press Play. The left foot leaves the ground, with the thigh raised by 20 degrees. By"
            " how many newtons do the low back muscles of the left rise, all together? (Ladder:"
            " low back.)",
            "The leg hangs on the pelvis and pulls it down on that side.",
            hint="It stands left of the ladder, and in the table under the controls.",
            number=lambda result: add_up(result, "lumbar, left"),
            within=1.0,
        ),
        Task(
            "Raise the thigh to 50 degrees. Does the left low back get more to do than at 0"
            " degrees, or less?",
            "The hip flexor inside (Psoas major) lifts the thigh and holds the spine as well.",
            {"height": 50},
            choices=dict.fromkeys(
                ("More", "Less"), "Move the slider back to 0 and compare the ladder."
            ),
            right=lambda result: (
                "More"
                if add_up(result, "lumbar, left")
                > add_up(spread(result.body, LegLift("left", 0)), "lumbar, left")
                else "Less"
            ),
        ),
    ),
}


def _share_kept(result: Result) -> float:
    """How much of the pull on back and neck is left in a cut body, compared with the whole one."""
    sums = []
    for body in (result.whole, result.body):
        table = spread(body, PullOn("latissimus_dorsi_left", 50)).table()
        here = table["region"].isin(("lumbar", "thoracic", "neck")) & (table["kind"] == "muscle")
        pull = table.loc[here, "pull_N"].drop("latissimus_dorsi_left", errors="ignore")
        sums.append(float(pull.abs().sum()))
    return sums[1] / sums[0]


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
        return "Type the name of a muscle, such as Gluteus maximus."
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
    """The number of steps on the shortest way from the sole to the neck."""
    if not is_number(count):
        return "Put a whole number in, such as 3."
    wanted = nx.shortest_path_length(body.graph, *SOLE_TO_NECK)
    if count == wanted:
        return ""
    if count == wanted + 1:
        return "Those are the stops. Steps are what lies between stops, one fewer."
    return "Count the names in the list, and then what lies between them."


# ---- the claims that it shows -----------------------------------------------------------------

CALLED_UP_N = 5.0


def show_meeting(body: Body) -> ClaimShown:
    """Claim 1: legs and back hang together, at the pelvis; and how far that gets."""
    nodes = body.graph.nodes
    regions = {nodes[name]["region"] for name in find_meeting(body, "pelvis").structures}
    words = f"{describe_meeting(body, 'pelvis')} {describe_chains(body, newtons=50)}"
    return ClaimShown.of(words, {"thigh", "lumbar"} <= regions)


def show_mesh(body: Body) -> ClaimShown:
    """Claim 2: hips and buttocks are one mesh, which hangs together without the bone."""
    met = find_meeting(body, "pelvis")
    holds = met.held > len(met.structures) / 2
    return ClaimShown.of(describe_meeting(body, "pelvis"), holds, met.held > 2)


def show_lifted(body: Body) -> ClaimShown:
    """Claim 3: moving a leg calls up the back."""
    lifted = solve_lift(body)
    words = f"{describe_sides(lifted, 'lumbar')} {describe_sides(lifted, 'abdomen')}"
    return ClaimShown.of(words, add_up(lifted, "lumbar") > CALLED_UP_N)


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
            text="In series: by how many millimetres does the hook move?",
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
            text="In parallel: how many newtons does the stiff spring 2 carry?",
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
            text="Find in this table a muscle below the knee that shares a root with Gluteus"
            " medius.",
            mistakes=(
                ("Gluteus maximus", "below the knee"),
                ("nothing", "name of a muscle"),
                (1, "name of a muscle"),
            ),
        ),
        Exercise(
            "count_steps",
            judge_steps,
            "Few steps do not mean a strong pull: the shortest way often leads over bones.",
            unit="steps",
            text="How many steps is the shortest way from the sole of the left foot to the long"
            " muscle at the back of the neck?",
            mistakes=(
                (1, "Count the names"),
                ("many", "whole number"),
                ("3 mm", "whole number"),
            ),
        ),
    ),
    predictions={
        "latissimus": Question(
            "Latissimus dorsi on the left tightens by 50 N. By how much does the tension of Gluteus"
            " maximus on the right change?",
            PULL_CHOICES,
            compare_pull,
            solve=solve_pull,
        ),
        "lift": Question(
            "The left foot leaves the ground. Which side of the low back carries more now?",
            LIFT_CHOICES,
            compare_lift,
            solve=solve_lift,
        ),
    },
    tasks=TASKS,
    claims={1: show_meeting, 2: show_mesh, 3: show_lifted},
)
