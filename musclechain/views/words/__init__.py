"""Words and tables: what a result says, for people who do not see the picture."""
