"""The parts of a lab or a question."""


def find_parts(widget, kind):
    """List the widgets of a kind inside another, in order."""
    inside = [part for child in getattr(widget, "children", ()) for part in find_parts(child, kind)]
    return [widget, *inside] if isinstance(widget, kind) else inside
