"""musclechain: a small body model and interactive lessons on how tension spreads.

Teaching, never diagnosis.
"""

from importlib import import_module

from .anatomy.body import Body, GraphError, UnknownStructureError, read_body
from .anatomy.chains import find_soft_path
from .anatomy.nerves import list_shared_roots
from .anatomy.tables import DataError
from .cases.bodies import HAMSTRINGS, shorten_muscles, two_springs
from .cases.causes import ForwardBend, HamstringStrain, HoldPose, LegLift, Limp, PullOn, Weaken
from .mechanics.demand import CauseError, SolveError
from .mechanics.spread import Result, spread

# What needs widgets or plotting is fetched when it is first asked for, so that the model runs
# without them.
_LAZY = {
    "BendLab": "lessons.connected",
    "ChainDiagram": "lessons.connected",
    "HamstringLab": "lessons.labs",
    "LiftLab": "lessons.connected",
    "LimpLab": "lessons.labs",
    "PullLab": "lessons.connected",
    "SpringLab": "lessons.connected",
    "Check": "lessons.questions",
    "check_exercise": "lessons.exercises",
    "NumberCheck": "lessons.questions",
    "Prediction": "lessons.questions",
    "BodyMap": "views.bodymap",
    "show_claims": "lessons.closing",
    "show_sources": "lessons.closing",
    "describe_bend": "views.bends",
    "draw_body_3d": "views.solid",
    "draw_certainty": "views.charts",
    "draw_chain_diagram": "views.diagram",
    "describe_chain": "views.findings",
    "describe_chains": "views.reach",
    "describe_cut": "views.findings",
    "describe_glance": "views.findings",
    "describe_guarding": "views.findings",
    "describe_head_level": "views.findings",
    "describe_loads": "views.findings",
    "describe_reach": "views.findings",
    "describe_meeting": "views.reach",
    "describe_regions": "views.findings",
    "describe_roots": "views.reach",
    "describe_sides": "views.findings",
    "describe_springs": "views.springs",
    "describe_straightening": "views.findings",
    "describe_turning": "views.findings",
    "describe_weakness": "views.findings",
    "follow_chain": "views.reach",
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
