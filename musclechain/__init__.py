"""musclechain: a small body model and interactive lessons on how tension spreads.

Teaching, never diagnosis.
"""

from importlib import import_module

from musclechain.anatomy.body import Body, UnknownStructureError, read_body
from musclechain.anatomy.chains import find_soft_path
from musclechain.anatomy.graph_checks import GraphError
from musclechain.anatomy.nerves import list_shared_roots
from musclechain.anatomy.tables import DataError
from musclechain.cases.bodies import HAMSTRINGS, shorten_muscles, two_springs
from musclechain.cases.causes import (
    ForwardBend,
    HamstringStrain,
    HoldPose,
    LegLift,
    Limp,
    PullOn,
    Weaken,
)
from musclechain.mechanics.change import CauseError, SolveError
from musclechain.mechanics.spread import Result, spread

# What needs widgets or plotting is fetched when it is first asked for, so that the model runs
# without them.
_LAZY = {
    "BendLab": "lessons.lesson_01_one_connected_body",
    "ChainDiagram": "lessons.lesson_01_one_connected_body",
    "HamstringLab": "labs.lab",
    "LiftLab": "lessons.lesson_01_one_connected_body",
    "LimpLab": "labs.lab",
    "PullLab": "lessons.lesson_01_one_connected_body",
    "SpringLab": "lessons.lesson_01_one_connected_body",
    "Check": "labs.questions",
    "check_exercise": "labs.exercises",
    "NumberCheck": "labs.questions",
    "Prediction": "labs.questions",
    "BodyMap": "views.body.widget",
    "show_claims": "views.page.closing",
    "show_sources": "views.page.closing",
    "describe_bend": "views.words.findings",
    "draw_body_3d": "views.charts",
    "draw_certainty": "views.charts",
    "draw_chain_diagram": "views.charts",
    "describe_chain": "views.words.findings",
    "describe_chains": "views.words.findings",
    "describe_cut": "views.words.findings",
    "describe_glance": "views.words.findings",
    "describe_guarding": "views.words.findings",
    "describe_head_level": "views.words.findings",
    "describe_loads": "views.words.findings",
    "describe_reach": "views.words.findings",
    "describe_meeting": "views.words.findings",
    "describe_regions": "views.words.findings",
    "describe_roots": "views.words.findings",
    "describe_sides": "views.words.findings",
    "describe_springs": "views.words.findings",
    "describe_straightening": "views.words.findings",
    "describe_turning": "views.words.findings",
    "describe_weakness": "views.words.findings",
    "follow_chain": "views.words.findings",
}

__all__ = [
    "Body",
    "CauseError",
    "DataError",
    "ForwardBend",
    "GraphError",
    "HAMSTRINGS",
    "HamstringStrain",
    "HoldPose",
    "LegLift",
    "Limp",
    "PullOn",
    "Result",
    "SolveError",
    "UnknownStructureError",
    "Weaken",
    "find_soft_path",
    "list_shared_roots",
    "read_body",
    "shorten_muscles",
    "spread",
    "two_springs",
    *_LAZY,
]


def __getattr__(name):
    if name in _LAZY:
        try:
            return getattr(import_module(f".{_LAZY[name]}", __name__), name)
        except ModuleNotFoundError as error:
            raise ImportError(
                f"{name} needs {error.name}, which is not installed. Install the lessons' tools:"
                " pip install 'musclechain[lessons]'"
            ) from error
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
