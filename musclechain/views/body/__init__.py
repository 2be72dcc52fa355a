"""The body map: scenes, the widget, its still twin, and the outlines."""
