"""musclechain: a small body model and interactive lessons on how tension spreads.

Teaching, never diagnosis.
"""

from importlib import import_module
from typing import Any

from musclechain.anatomy.body import Body, UnknownStructureError, read_body
from musclechain.anatomy.chains import find_soft_path
from musclechain.anatomy.graph_checks import GraphError
from musclechain.anatomy.nerves import list_shared_roots
from musclechain.anatomy.supply import build_nerve_graph, find_supply
from musclechain.anatomy.tables import DataError
from musclechain.cases.bodies import two_springs
from musclechain.cases.causes import (
    HAMSTRINGS,
    Cut,
    CutLink,
    ForwardBend,
    HamstringStrain,
    HoldPose,
    Insole,
    LegLift,
    Limp,
    OneLegStance,
    PelvicShift,
    PullOn,
    RollingFoot,
    Shorten,
    Soften,
    SoreMuscle,
    UnevenHips,
    Weaken,
)
from musclechain.cases.compared import compare_courses
from musclechain.cases.course import find_course
from musclechain.cases.foot import find_arch
from musclechain.cases.neglect import compare_starts
from musclechain.cases.piriformis import find_interface
from musclechain.cases.plan_files import PlanError, read_plan, write_plan
from musclechain.cases.plans import Dose, Plan, find_after_session
from musclechain.cases.raises import Slump, StraightLegRaise, find_range, raise_leg
from musclechain.cases.running import HardRun, run_impact
from musclechain.cases.tightness import compare_sliding, find_joint_turns, solve_lesson_states
from musclechain.mechanics.change import CauseError, Change, SolveError
from musclechain.mechanics.circle import draw_echoes, find_circle_line, find_echo
from musclechain.mechanics.population import Population, solve_population
from musclechain.mechanics.spread import Result, spread, spread_theories

__all__ = [
    "HAMSTRINGS",
    "Body",
    "CauseError",
    "Change",
    "Cut",
    "CutLink",
    "DataError",
    "Dose",
    "ForwardBend",
    "GraphError",
    "HamstringStrain",
    "HardRun",
    "HoldPose",
    "Insole",
    "LegLift",
    "Limp",
    "OneLegStance",
    "PelvicShift",
    "Plan",
    "PlanError",
    "Population",
    "PullOn",
    "RollingFoot",
    "Result",
    "Shorten",
    "Slump",
    "Soften",
    "SolveError",
    "SoreMuscle",
    "StraightLegRaise",
    "UnevenHips",
    "UnknownStructureError",
    "Weaken",
    "build_nerve_graph",
    "compare_courses",
    "compare_sliding",
    "compare_starts",
    "draw_echoes",
    "find_after_session",
    "find_arch",
    "find_circle_line",
    "find_course",
    "find_echo",
    "find_interface",
    "find_joint_turns",
    "find_range",
    "find_soft_path",
    "find_supply",
    "list_shared_roots",
    "raise_leg",
    "read_body",
    "read_plan",
    "run_impact",
    "solve_lesson_states",
    "solve_population",
    "spread",
    "spread_theories",
    "two_springs",
    "write_plan",
]
# What needs widgets or plotting is fetched when it is first asked for, the lightest first, so that
# the model runs without them. Each of these says in its own list what it offers.
_SHELVES = (
    "views.words.findings",
    "views.words.about",
    "views.page.closing",
    "views.body",
    "labs",
    "lessons",
    "views.charts",
)


def _open_shelf(shelf: str) -> dict[str, Any]:
    module = import_module(f"{__name__}.{shelf}")
    own = {name: getattr(module, name) for name in module.__all__}
    return {**own, **module.find_public()} if shelf == "lessons" else own


def __getattr__(name: str) -> Any:
    for shelf in () if name.startswith("_") else _SHELVES:
        try:
            found = _open_shelf(shelf)
        except ModuleNotFoundError as error:
            raise ImportError(
                f"{name} needs {error.name}, which is not installed. Install the lessons' tools:"
                " pip install 'musclechain[lessons]'"
            ) from error
        if name in found:
            return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for shelf in _SHELVES for name in _open_shelf(shelf))})
