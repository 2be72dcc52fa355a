"""The charts: pure functions of body, result and selection that give a plotly figure.

Each has a twin in `words` with a title, a sentence and a table made from the same numbers; the
sentence also rides along as ``figure.layout.meta``. Figures are built complete, keep their height,
and need no network. Names stand over their bars and not beside them, so that a narrow window has
room for both.
"""

from musclechain.views.charts.bars import draw_ranked_changes
from musclechain.views.charts.circle import draw_circle_map
from musclechain.views.charts.course import draw_course
from musclechain.views.charts.footfall import draw_footfall
from musclechain.views.charts.graph import draw_chain_diagram
from musclechain.views.charts.heights import draw_tension_by_height
from musclechain.views.charts.nerve import draw_interface_loads, draw_nerve_course
from musclechain.views.charts.people import draw_people
from musclechain.views.charts.plans import draw_calendar, draw_courses, draw_sessions
from musclechain.views.charts.rounds import draw_rounds
from musclechain.views.charts.solid import draw_body_3d
from musclechain.views.charts.starts import draw_starts
from musclechain.views.charts.sure import draw_certainty

__all__ = [
    "draw_body_3d",
    "draw_calendar",
    "draw_certainty",
    "draw_chain_diagram",
    "draw_circle_map",
    "draw_course",
    "draw_courses",
    "draw_footfall",
    "draw_interface_loads",
    "draw_nerve_course",
    "draw_people",
    "draw_ranked_changes",
    "draw_rounds",
    "draw_sessions",
    "draw_starts",
    "draw_tension_by_height",
]
