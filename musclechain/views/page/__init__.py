"""How anything is put on a page: HTML, colours, theme, the dress of a panel."""
