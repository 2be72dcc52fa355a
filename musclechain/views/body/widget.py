"""The body map: the muscles of the whole body, coloured by how their tension changed, in the
posture that was solved.

The outlines travel to the browser once. After that a change is one small
message of numbers, and the browser paints it; a saved page still answers to
hover, keys and the step control.
"""

from pathlib import Path

import anywidget
import numpy as np
import traitlets

from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.picture import _describe_picture
from musclechain.views.body.scene import (
    CERTAINTY,
    EXAGGERATIONS,
    HEALTHY,
    VIEWS,
    _is_same,
    _match_scene,
    list_rounds,
    pack_scene,
    read_levels,
    read_scene,
    rest_scene,
)
from musclechain.views.page.palette import (
    change_word,
    list_legend,
)

__all__ = ["BodyMap"]


SCRIPTS = ("js/numbers.js", "js/figure.js", "js/map.js")


class BodyMap(anywidget.AnyWidget):
    """The body from the back, the side and the front, to hover, click, zoom, step through, compare
    and walk with the keys.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Shown at once; else the healthy body.
    span_n : float
        Change of tension at which the colour scale ends, N; it stays fixed so
        that pictures can be compared.
    exaggeration : {1, 5, 10}
        How many times larger than computed the posture is drawn. Said under the picture.
    veiled : bool
        Cover the result until the learner asks for it.

    Attributes
    ----------
    views : list of {"back", "left", "front", "right"}
        What is shown, from left to right; ``"left"`` is the body seen from its left.
    selected : str
        Id of the selected structure, or ``""``; set by a click and settable.
    highlight : {"none", "chain", "roots"}
        What is lit up with the selected structure: its myofascial chain, or
        the muscles that share a motor root with it.
    lit : str
        Which chain or root, where the selected structure has several; ``""`` for the first chain,
        or all roots.
    compare : {"off", "wipe", "beside"}
        Compare with the healthy body, or with what `keep` has kept.
    nerves, labels, posture_lines : bool
        Whether nerves, names, and the plumb and level lines are drawn.
    caption : str
        The sentence under the picture.
    certainty_note : str
        What is known of how sure the changes are.
    step : int
        The step of the spread that is shown.
    depth : {1, 2, 3, 4}
        The uppermost layer that is drawn: 4 all muscles, 1 only the deepest.
    dark : bool
        Whether the page is dark; told by the browser.

    Examples
    --------
    >>> import musclechain as mc
    >>> picture = BodyMap(mc.read_body())
    >>> picture.selected
    ''
    """

    _css = Path(__file__).with_name("bodymap.css")

    picture = traitlets.Dict().tag(sync=True)
    outlines = traitlets.Bytes().tag(sync=True)
    state = traitlets.Bytes().tag(sync=True)
    steps = traitlets.Bytes().tag(sync=True)
    step_labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    span_n = traitlets.Float(40.0).tag(sync=True)
    legend = traitlets.List().tag(sync=True)
    views = traitlets.List(
        traitlets.Enum(VIEWS), default_value=["back", "left", "front"], minlen=1
    ).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    highlight = traitlets.Enum(("none", "chain", "roots"), default_value="none").tag(sync=True)
    lit = traitlets.Unicode("").tag(sync=True)
    compare = traitlets.Enum(("off", "wipe", "beside"), default_value="off").tag(sync=True)
    reference = traitlets.Bytes().tag(sync=True)
    reference_certainty = traitlets.Unicode("").tag(sync=True)
    nerves = traitlets.Bool(False).tag(sync=True)
    labels = traitlets.Bool(False).tag(sync=True)
    posture_lines = traitlets.Bool(True).tag(sync=True)
    exaggeration = traitlets.Enum(EXAGGERATIONS, default_value=5).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    certainty = traitlets.Unicode("").tag(sync=True)
    certainty_note = traitlets.Unicode("").tag(sync=True)
    veiled = traitlets.Bool(False).tag(sync=True)
    depth = traitlets.Int(4, min=1, max=4).tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)

    def __init__(self, body, result=None, span_n=40.0, exaggeration=5, veiled=False):
        self.body, self.drawing = body, find_drawing(body)
        self._esm = "\n".join(
            (Path(__file__).parent / name).read_text(encoding="utf-8") for name in SCRIPTS
        )
        outlines, picture = body.derived(
            "packed_drawing", lambda body: _describe_picture(body, self.drawing)
        )
        self._version = 0
        self.scene = rest_scene(body)
        super().__init__(
            picture=picture,
            outlines=outlines,
            state=self._pack(self.scene),
            span_n=span_n,
            legend=list_legend(span_n),
            exaggeration=exaggeration,
            veiled=veiled,
            caption=HEALTHY,
        )
        if result is not None:
            self.show(result)

    @traitlets.validate("span_n")
    def _check_span(self, proposal):
        if not (np.isfinite(proposal["value"]) and proposal["value"] > 0):
            raise traitlets.TraitError(
                f"span_n must be a number of newtons above 0, and is {proposal['value']!r}."
            )
        return proposal["value"]

    @traitlets.validate("selected")
    def _check_selected(self, proposal):
        if proposal["value"] and proposal["value"] not in self.body.structures:
            self.body.find(proposal["value"])
        return proposal["value"]

    @traitlets.validate("views")
    def _check_views(self, proposal):
        if len(set(proposal["value"])) < len(proposal["value"]):
            raise traitlets.TraitError(f"views lists each view once, and is {proposal['value']!r}.")
        return proposal["value"]

    @traitlets.validate("reference")
    def _check_reference(self, proposal):
        if len(proposal["value"]) not in (0, len(self.state)):
            raise traitlets.TraitError(
                "reference holds one kept picture of the same body, or nothing."
            )
        return bytes(proposal["value"])

    @traitlets.observe("span_n")
    def _on_span_change(self, change):
        self.legend = list_legend(change["new"])

    def show(self, result, caption=None):
        """Show a result of `spread`.

        Parameters
        ----------
        result : Result
            Of the same body, or of one with the same structures and bones.
        caption : str, optional
            The sentence under the picture; by default the three greatest changes.
        """
        scene = (
            read_scene(result)
            if result.body is self.body
            else _match_scene(read_scene(result), result.body, self.body)
        )
        self._paint(scene, self._describe(scene) if caption is None else caption, clear=True)

    def play(self, result, caption=None):
        """Show a result and load its steps into the step control.

        The steps are before, posture, pull, and the rounds of guarding.
        """
        steps = [
            (
                label,
                scene if result.body is self.body else _match_scene(scene, result.body, self.body),
            )
            for label, scene in list_rounds(result)
        ]
        scene = steps[-1][1]
        with self.hold_sync():
            self._paint(scene, self._describe(scene) if caption is None else caption)
            self.step_labels = [label for label, _ in steps]
            self.steps = b"".join(self._pack(step) for _, step in steps)
            self.step = len(steps) - 1

    def rest(self):
        """Show the healthy body again."""
        self._paint(rest_scene(self.body), HEALTHY, clear=True)

    def show_certainty(self, words, note=""):
        """Show how sure the changes of the present picture are.

        Parameters
        ----------
        words : dict of str to {"settled", "likely", "depends"}, or None
            By structure id; what is missing is not known. None clears them.
        note : str
            One plain sentence under the caption.

        Raises
        ------
        ValueError
            For another word.
        UnknownStructureError
        """
        letters = ["-"] * len(self.body.structures) if words else []
        place = {name: number for number, name in enumerate(self.body.structures)}
        for name, word in (words or {}).items():
            if word not in CERTAINTY:
                raise ValueError(
                    f"Certainty is said as {', '.join(CERTAINTY)}, and not as {word!r}."
                )
            letters[place[name if name in place else self.body.find(name)]] = CERTAINTY[word][0]
        with self.hold_sync():
            self.certainty, self.certainty_note = "".join(letters), note

    def keep(self):
        """Keep the present picture as what `compare` compares with; side by side, if nothing was
        compared yet."""
        size = len(self.state)
        with self.hold_sync():
            self.reference = self.steps[self.step * size : (self.step + 1) * size] or self.state
            self.reference_certainty = self.certainty
            if self.compare == "off":
                self.compare = "beside"

    def forget(self):
        """Compare with the healthy body again."""
        self.reference, self.reference_certainty = b"", ""

    def _pack(self, scene):
        return pack_scene(
            scene, self._version, read_levels(scene, self.body.bones, self.drawing.marks)
        )

    def _paint(self, scene, caption, clear=False):
        same, self.scene = _is_same(scene, self.scene), scene
        self._version += 1
        with self.hold_sync():
            if clear and self.steps:
                self.steps, self.step_labels, self.step = b"", [], 0
            if not same:
                self.certainty, self.certainty_note = "", ""
            self.state = self._pack(scene)
            self.caption = caption

    def _describe(self, scene):
        order = np.argsort(-np.abs(np.nan_to_num(scene.change_n)))[:3]
        words = [
            f"{self.picture['structures'][k]['name']}: {_say_change(scene.change_n[k])}"
            for k in order
            if change_word(np.nan_to_num(scene.change_n[k]), self.span_n) != "no change"
        ]
        return (
            "Changed most: " + "; ".join(words) + "."
            if words
            else "No tension changes enough to be seen."
        )

    def to_svg(self):
        """Draw the same picture as one SVG that needs neither Python nor a browser script.

        Returns
        -------
        str
            A standalone SVG document, with a title, a description and a legend.
        """
        from musclechain.views.body.still import write_svg

        return write_svg(self)


def _say_change(newtons):
    return (
        f"{abs(newtons):.{0 if abs(newtons) >= 9.95 else 1}f} N {'more' if newtons > 0 else 'less'}"
    )
