"""From lines of pull to shapes, skin and bones, and their store."""
