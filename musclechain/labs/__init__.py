"""The panels that put a cause to a body: the only part, with lessons, that knows ipywidgets."""
