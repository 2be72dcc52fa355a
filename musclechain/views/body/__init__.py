"""The body map: scenes, the widget, its still twin, and the outlines."""

from musclechain.views.body.widget import BodyMap

__all__ = ["BodyMap"]
