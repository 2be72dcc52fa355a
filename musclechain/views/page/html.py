"""Tables as HTML that a screen reader can follow."""

import html
import re
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["table_to_html"]

NUMBER = re.compile(r"[+−-]?[\d.]+( to [+−-]?[\d.]+)?( ?(N|%|°|degrees|mm))?")


def table_to_html(table: pd.DataFrame, caption: str = "") -> str:
    """Write a table as HTML with row and column headers that a screen reader can follow; everything
    in it is escaped.

    Words stand to the left, figures to the right; the first column names the rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Of words and numbers, in any mixture; NaN and None become a dash.
    caption : str

    Returns
    -------
    str
        A ``<table>`` of class ``mc-table``.
    """
    digits = [_count_digits(table.iloc[:, k]) for k in range(table.shape[1])]
    side = [
        "right" if count is not None or (column and _all_numbers(table.iloc[:, column])) else "left"
        for column, count in enumerate(digits)
    ]
    head = "".join(
        f"<th scope='col' style='text-align:{to}'>{html.escape(str(name))}</th>"
        for name, to in zip(table.columns, side, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            _write_cell(*cell, first=not k)
            for k, cell in enumerate(zip(row, side, digits, strict=True))
        )
        + "</tr>"
        for row in table.itertuples(index=False, name=None)
    )
    title = f"<caption style='text-align:left'>{html.escape(caption)}</caption>" if caption else ""
    return (
        "<table"
        f" class='mc-table'>{title}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _count_digits(column: pd.Series) -> int | None:
    """Decimals that a column needs, at most two; None for words."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return None
    known = column.dropna().astype(float)
    return next((count for count in (0, 1) if np.allclose(known.round(count), known, atol=1e-9)), 2)


def _all_numbers(column: pd.Series) -> bool:
    """Whether a column of mixed cells holds numbers, with a unit or without."""
    return len(column) > 0 and all(NUMBER.fullmatch(str(cell)) for cell in column)


def _write_cell(value: Any, to: str, digits: int | None, first: bool) -> str:
    missing = value is None or (not isinstance(value, str) and pd.isna(value))
    text = (
        "–"
        if missing
        else html.escape(str(value))
        if digits is None
        else f"{value:.{digits}f}".replace("-", "−")
    )
    return (
        f"<th scope='row' style='text-align:{to};font-weight:normal'>{text}</th>"
        if first
        else f"<td style='text-align:{to}'>{text}</td>"
    )
