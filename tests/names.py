"""A name that tries to be more than a name."""

NASTY = "<img src=x onerror=alert(1)><b>&\"'"
