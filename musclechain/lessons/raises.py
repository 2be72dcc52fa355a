"""The lab of the raised leg: what resists, and whether it is muscle or nerve."""

import html
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.cases.causes import HAMSTRINGS, Shorten
from musclechain.cases.nerve import STRANDS
from musclechain.cases.raises import Raise, StraightLegRaise, raise_leg
from musclechain.labs.controls import Control, check_values, control_of
from musclechain.labs.panel import Panel
from musclechain.labs.workbook import Workbook
from musclechain.mechanics.change import SolveError, check_body
from musclechain.views.body.lying import draw_raise
from musclechain.views.page.html import table_to_html
from musclechain.views.words.errors import describe_error
from musclechain.views.words.findings.raises import describe_raise

__all__ = ["RaiseLab"]


class RaiseLab(Panel):
    """A straight leg that is raised on a bench: foot and head can be added, and the hamstrings or
    the nerve be tighter.

    Parameters
    ----------
    body : Body
    workbook : Workbook, optional
        Keeps the settings for when the cell is run again.
    **values
        Starting values by control name.

    Attributes
    ----------
    body : Body
    result : Raise
        The newest test that could be solved.
    """

    title = "A raised leg"
    controls = (
        control_of(StraightLegRaise, "side", default="left"),
        control_of(StraightLegRaise, "degrees"),
        control_of(StraightLegRaise, "ankle_deg"),
        control_of(StraightLegRaise, "neck_deg"),
        control_of(Shorten, "mm", name="shorter", words="Hamstrings shorter by", default=0.0),
        Control(
            "nerve",
            "Stiffness of the nerve",
            1.0,
            low=0.25,
            high=4.0,
            step=0.25,
            help="A factor: less than 1 is softer, more is stiffer.",
        ),
    )

    def __init__(self, body: Body, workbook: Workbook | None = None, **values: Any) -> None:
        self.body = check_body(body)
        self._picture, self._glance, self._words = (widgets.HTML() for _ in range(3))
        self.result = self._raise(check_values(self.controls, values), None)
        super().__init__(
            widgets.VBox([self._picture, self._words]),
            glance=self._glance,
            workbook=workbook,
            **values,
        )
        self.answer()

    def solve(self, **values: Any) -> Raise:
        """Solve the setting in which the lab began, but for these values, without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Raise

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a test that finds no rest.
        """
        return self._raise(check_values(self.controls, {**self._start, **values}), None)

    def _raise(self, values: dict[str, Any], near: Raise | None) -> Raise:
        test = StraightLegRaise(values["side"], values["degrees"], values["ankle"], values["neck"])
        sided = tuple(f"{name}_{test.side}" for name in HAMSTRINGS)
        return raise_leg(
            self.body, test, Shorten(sided, values["shorter"]), values["nerve"], near=near
        )

    def answer(self) -> None:
        """Raise the leg, and show it in picture, words and table."""
        try:
            self.result = self._raise(self.values, self.result)
        except SolveError as error:
            return self.say(f"{describe_error(error)} The picture still shows the last test.")
        self.say("")
        self._picture.value = draw_raise(self.result)
        self._words.value = f"<p>{html.escape(describe_raise(self.result).sentence)}</p>"
        self._glance.value = table_to_html(self._list_figures(), "At a glance")
        return None

    def table(self) -> pd.DataFrame:
        """What resists in the newest test; see `Raise.carriers`."""
        return self.result.carriers

    def draw_still(self) -> str:
        """Draw what stays of the picture, with its words."""
        return self._picture.value + self._words.value

    def _list_figures(self) -> pd.DataFrame:
        found = self.result
        shares, added = found.shares(), found.strands()["added_percent"]
        rows = {
            "Pelvis rolls back (deg)": found.pelvis_deg,
            "Tissue resists (Nm)": found.tissue_nm,
            "of it muscle (Nm)": shares["muscle"],
            "of it nerve (Nm)": shares["nerve"],
            **{
                f"{STRANDS[strand].capitalize()} (%)": added[strand]
                for strand in ("canal", "sciatic", "tibial", "plantar")
            },
        }
        return pd.DataFrame({"": list(rows), "Now": [f"{one:.1f}" for one in rows.values()]})
