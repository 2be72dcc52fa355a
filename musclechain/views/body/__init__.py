"""The body map: scenes, the widget, its still twin, and the outlines; and the shock that climbs."""

from musclechain.views.body.climb import ShockClimb
from musclechain.views.body.widget import BodyMap

__all__ = ["BodyMap", "ShockClimb"]
