"""The panels and questions of the lessons: the only part that knows ipywidgets."""
