"""musclechain: a small body model and interactive lessons on how tension spreads.

Teaching, never diagnosis.
"""

from importlib import import_module

from .anatomy.body import Body, GraphError, UnknownStructureError, read_body
from .anatomy.tables import DataError
from .cases.causes import ForwardBend, HamstringStrain, HoldPose, Limp, PullOn, Weaken
from .mechanics.demand import CauseError, SolveError
from .mechanics.spread import Result, spread

# What needs widgets or plotting is fetched when it is first asked for, so that the model runs without them.
_LAZY = {
    "HamstringLab": "lessons.labs",
    "LimpLab": "lessons.labs",
    "Check": "lessons.questions",
    "NumberCheck": "lessons.questions",
    "Prediction": "lessons.questions",
    "BodyMap": "views.bodymap",
    "show_claims": "lessons.closing",
    "show_sources": "lessons.closing",
    "describe_chain": "views.findings",
    "describe_cut": "views.findings",
    "describe_guarding": "views.findings",
    "describe_head_level": "views.findings",
    "describe_loads": "views.findings",
    "describe_reach": "views.findings",
    "describe_regions": "views.findings",
    "describe_sides": "views.findings",
    "describe_straightening": "views.findings",
    "describe_turning": "views.findings",
    "describe_weakness": "views.findings",
}

__all__ = [
    "Body", "CauseError", "DataError", "ForwardBend", "GraphError", "HamstringStrain", "HoldPose", "Limp", "PullOn", "Result",
    "SolveError", "UnknownStructureError", "Weaken", "read_body", "spread", *_LAZY,
]


def __getattr__(name):
    if name in _LAZY:
        try:
            return getattr(import_module(f".{_LAZY[name]}", __name__), name)
        except ModuleNotFoundError as error:
            raise ImportError(f"{name} needs {error.name}, which is not installed. Install the lessons' tools: pip install 'musclechain[lessons]'") from error
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted(__all__)
