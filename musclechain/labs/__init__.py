"""The panels that put a cause to a body: the only part, with lessons, that knows ipywidgets."""

from musclechain.labs.diagram import ChainDiagram
from musclechain.labs.lab import Lab
from musclechain.labs.nerves import NerveLab
from musclechain.labs.panel import Panel
from musclechain.labs.questions import Check, NumberCheck, Prediction, after
from musclechain.labs.tasks import Task, show_answers
from musclechain.labs.workbook import open_workbook

__all__ = [
    "ChainDiagram",
    "Check",
    "Lab",
    "NerveLab",
    "NumberCheck",
    "Panel",
    "Prediction",
    "Task",
    "after",
    "open_workbook",
    "show_answers",
]
