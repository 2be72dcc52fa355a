"""The body map: scenes, the widget, its still twin, and the outlines; and the shock that climbs."""

from musclechain.views.body.climb import ShockClimb
from musclechain.views.body.widget import BodyMap, show_nerves

__all__ = ["BodyMap", "ShockClimb", "show_nerves"]
