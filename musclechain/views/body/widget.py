"""The body map: the muscles of the whole body, coloured by how their tension changed, in the
posture that was solved.

The outlines travel to the browser once. After that a change is one small
message of numbers, and the browser paints it; a saved page still answers to
hover, keys and the step control.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import SHOWN_N, format_change
from musclechain.anatomy.sides import SIDES
from musclechain.anatomy.supply import find_supply, list_maps
from musclechain.mechanics.change import check_body
from musclechain.mechanics.spread import Result
from musclechain.mechanics.ways import trace_change
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.picture import describe_picture
from musclechain.views.body.scene import (
    CERTAINTY,
    EXAGGERATIONS,
    HEALTHY,
    VIEWS,
    Scene,
    build_rest_scene,
    find_boards,
    is_same_scene,
    list_steps,
    match_scene,
    pack_scene,
    read_days,
    read_levels,
    read_reference,
    read_scene,
)
from musclechain.views.body.supplied import ASK_TO_PICK, find_supply_drawing, pack_supply
from musclechain.views.body.trails import describe_stage, describe_way, pack_ladder
from musclechain.views.page.palette import SPAN_N, change_word, list_legend
from musclechain.views.page.reopened import Reopened, embed_svg
from musclechain.views.words.causes import describe_causes, name_reference
from musclechain.views.words.trace import describe_trace

__all__ = ["BodyMap", "show_nerves"]

MAGNIFIERS = (1, 10, 100)


class BodyMap(Reopened, anywidget.AnyWidget):
    """The body from the back, the side and the front, to hover, click, zoom, step through, compare
    and walk with the keys.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Shown at once, with its story; else the healthy body.
    span_n : float
        Change of tension at which the colour scale ends, N; it stays fixed so
        that pictures can be compared.
    exaggeration : {1, 5, 10}
        How many times larger than computed the posture is drawn. Said under the picture.
    veiled : bool
        Cover the result until the learner asks for it.
    supply : bool
        With patches of skin and roots, to be picked; see `show_nerves`.

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
        Whether nerves, the names of all that is in sight, and the plumb and level lines are drawn.
    latin : bool
        Whether names are the anatomical ones, and not the plain ones.
    patterns : bool
        Whether changes of 1 N or more whose direction is not settled are dotted or hatched; else
        they are drawn paler.
    against : bytes
        What the result is compared with where that is not healthy standing, packed as by
        `pack_scene`; its outline is dashed.
    against_words : str
        What that is, in words; empty for healthy standing.
    caption : str
        The sentence under the picture.
    certainty_note : str
        What is known of how sure the changes are.
    step : int
        The stage of the story that is shown.
    story : list of dict
        Its stages in words, and what is drawn of each; see `describe_stage`. A stage may bring the
        numbers of its own ladder.
    ladder : list of float
        See `pack_ladder`.
    boards : dict of str to float
        What the feet stand on where it is not the floor; see `find_boards`.
    magnifier : {1, 10, 100}
        How many times longer the bars of the ladder are drawn.
    trace : dict
        How the change came to the selected structure: words and trails.
    most_marks : int
        How many structures may be marked while the map is covered; 0 for none.
    marked : list of str
        The marked structures, in their order.
    marks_told : bool
        Whether what became of them is told now; then they are outlined once more.
    tally : dict of str to int
        How many learners of a class marked each structure; they are outlined and named with it.
    beside : sequence of Result
        Other states that the next one is seen beside, drawn to one scale with it.
    depth : {1, 2, 3, 4}
        The uppermost layer that is drawn: 4 all muscles, 1 only the deepest.
    dark : bool
        Whether the page is dark; told by the browser.
    picked : str
        Of a map with `supply`: the root, nerve, muscle or patch of skin that was picked; what
        hangs together with it is lit up and said.
    skin : bool
        Whether all patches of skin are shown and can be picked, over the muscles; else only those
        that are lit.
    skin_map : str
        The source of one published map of the skin, to show that alone; "" for all.
    referred : list of dict
        Where pain of a sore muscle is described, as dots; see `pack_referred`.
    supply : dict
        What is lit up with what was picked; see `pack_supply`.

    Examples
    --------
    >>> import musclechain as mc
    >>> picture = BodyMap(mc.read_body())
    >>> picture.selected
    ''
    """

    # made of js/*.js; see the README there
    _esm = Path(__file__).with_name("bodymap.bundle.js")
    _css = Path(__file__).with_name("bodymap.css")

    picture = traitlets.Dict().tag(sync=True)
    outlines = traitlets.Bytes().tag(sync=True)
    state = traitlets.Bytes().tag(sync=True)
    steps = traitlets.Bytes().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    story: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    ladder: traitlets.List[float] = traitlets.List(traitlets.Float()).tag(sync=True)
    boards = traitlets.Dict().tag(sync=True)
    magnifier = traitlets.Enum(MAGNIFIERS, default_value=1).tag(sync=True)
    trace = traitlets.Dict().tag(sync=True)
    span_n = traitlets.Float(SPAN_N).tag(sync=True)
    legend: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    views = traitlets.List(
        traitlets.Enum(VIEWS), default_value=["back", "left", "front"], minlen=1
    ).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    highlight = traitlets.Enum(("none", "chain", "roots"), default_value="none").tag(sync=True)
    lit = traitlets.Unicode("").tag(sync=True)
    compare = traitlets.Enum(("off", "wipe", "beside"), default_value="off").tag(sync=True)
    reference = traitlets.Bytes().tag(sync=True)
    reference_certainty = traitlets.Unicode("").tag(sync=True)
    against = traitlets.Bytes().tag(sync=True)
    against_words = traitlets.Unicode("").tag(sync=True)
    nerves = traitlets.Bool(False).tag(sync=True)
    labels = traitlets.Bool(False).tag(sync=True)
    latin = traitlets.Bool(False).tag(sync=True)
    patterns = traitlets.Bool(False).tag(sync=True)
    posture_lines = traitlets.Bool(True).tag(sync=True)
    exaggeration = traitlets.Enum(EXAGGERATIONS, default_value=5).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    certainty = traitlets.Unicode("").tag(sync=True)
    certainty_note = traitlets.Unicode("").tag(sync=True)
    veiled = traitlets.Bool(False).tag(sync=True)
    most_marks = traitlets.Int(0, min=0).tag(sync=True)
    marked = traitlets.List(traitlets.Unicode()).tag(sync=True)
    marks_told = traitlets.Bool(False).tag(sync=True)
    tally = traitlets.Dict(value_trait=traitlets.Int(min=1), key_trait=traitlets.Unicode()).tag(
        sync=True
    )
    depth = traitlets.Int(4, min=1, max=4).tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)
    picked = traitlets.Unicode("").tag(sync=True)
    skin = traitlets.Bool(False).tag(sync=True)
    supply = traitlets.Dict().tag(sync=True)
    referred: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    skin_map = traitlets.Unicode("")

    def __init__(
        self,
        body: Body,
        result: Result | None = None,
        span_n: float = SPAN_N,
        exaggeration: int = 5,
        veiled: bool = False,
        supply: bool = False,
    ) -> None:
        self.body = check_body(body)
        self.drawing = find_supply_drawing(body) if supply else find_drawing(body)
        outlines, picture = body.derived(
            "described_supply_picture" if supply else "described_picture",
            lambda body: describe_picture(body, self.drawing),
        )
        self._version = 0
        self._result: Result | None = None
        self.beside: Sequence[Result] = ()
        self.scene = build_rest_scene(body)
        super().__init__(
            picture=picture,
            outlines=outlines,
            state=self._pack(self.scene),
            span_n=span_n,
            legend=list_legend(span_n),
            exaggeration=exaggeration,
            veiled=veiled,
            caption=ASK_TO_PICK if supply else HEALTHY,
            nerves=supply,
            posture_lines=not supply,
        )
        if result is not None:
            self.play(result)

    @traitlets.validate("span_n")
    def _check_span(self, proposal: dict[str, Any]) -> float:
        if not (np.isfinite(proposal["value"]) and proposal["value"] > 0):
            raise traitlets.TraitError(
                f"span_n must be a number of newtons above 0, and is {proposal['value']!r}."
            )
        return proposal["value"]

    @traitlets.validate("selected")
    def _check_selected(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] and proposal["value"] not in self.body.structures:
            self.body.find(proposal["value"])
        return proposal["value"]

    @traitlets.validate("marked")
    def _check_marked(self, proposal: dict[str, Any]) -> list[str]:
        for name in proposal["value"]:
            if name not in self.body.structures:
                self.body.find(name)
        return list(dict.fromkeys(proposal["value"]))[: self.most_marks]

    @traitlets.validate("tally")
    def _check_tally(self, proposal: dict[str, Any]) -> dict[str, int]:
        for name in proposal["value"]:
            if name not in self.body.structures:
                self.body.find(name)
        return proposal["value"]

    @traitlets.validate("views")
    def _check_views(self, proposal: dict[str, Any]) -> list[str]:
        if len(set(proposal["value"])) < len(proposal["value"]):
            raise traitlets.TraitError(f"views lists each view once, and is {proposal['value']!r}.")
        return proposal["value"]

    @traitlets.validate("reference")
    def _check_reference(self, proposal: dict[str, Any]) -> bytes:
        if len(proposal["value"]) not in (0, len(self.state)):
            raise traitlets.TraitError(
                "reference holds one kept picture of the same body, or nothing."
            )
        return bytes(proposal["value"])

    @traitlets.validate("picked")
    def _check_picked(self, proposal: dict[str, Any]) -> str:
        if proposal["value"]:
            find_supply(self.body, proposal["value"])
        return proposal["value"]

    @traitlets.validate("skin_map")
    def _check_skin_map(self, proposal: dict[str, Any]) -> str:
        known = ("", *list_maps(self.body))
        if proposal["value"] not in known:
            raise traitlets.TraitError(
                f"skin_map is one of {', '.join(map(repr, known))}, and not {proposal['value']!r}."
            )
        return proposal["value"]

    @traitlets.observe("picked", "skin_map")
    def _on_picked_change(self, _: dict[str, Any]) -> None:
        """Light up what hangs together with what was picked."""
        with self.hold_sync():
            self.selected = self.picked if self.picked in self.body.structures else ""
            self.supply = {}
            if self.picked:
                self.supply = pack_supply(self.body, self.picked, self.skin_map)
            self.caption = self.supply.get("caption", ASK_TO_PICK)
            self.turn_to(self.picked.rpartition("_")[2])

    def turn_to(self, side: str) -> None:
        """Show the body from this side where one side is shown; "" and "both" leave it as it is."""
        if side in SIDES and len({*self.views} & {*SIDES}) == 1:
            self.views = [side if view in SIDES else view for view in self.views]

    @traitlets.observe("span_n")
    def _on_span_change(self, change: dict[str, Any]) -> None:
        self.legend = list_legend(change["new"])

    @traitlets.observe("selected")
    def _on_selected_change(self, _: dict[str, Any]) -> None:
        self._trace()

    def _trace(self) -> None:
        """Tell how the change came to what is selected, where something came to it."""
        result, name = self._result, self.selected
        if result is None or name not in result.skeleton.structures:
            self.trace = {}
            return
        ways = trace_change(result, name)
        self.trace = {
            "words": describe_trace(result, name),
            "trails": [
                {"route": route, "trail": describe_way(way, self.body, route)}
                for route, way in ways.items()
                if abs(way[-1].change_N) >= SHOWN_N
            ],
        }

    def show(self, result: Result, caption: str | None = None) -> None:
        """Show a result of `spread`.

        Parameters
        ----------
        result : Result
            Of the same body, or of one with the same structures and bones.
        caption : str, optional
            The sentence under the picture; by default the three greatest changes.
        """
        scene = self._match(read_scene(result, self.beside), result)
        with self.hold_sync():
            self._paint(scene, self._describe(scene) if caption is None else caption, clear=True)
            self._show_reference(result)
            self._result, self.ladder = result, pack_ladder(result, self.body)
            self.boards, self.trace = self._find_boards(result), {}

    def play(self, result: Result, caption: str | None = None) -> None:
        """Show a result and load its story, to be played stage by stage.

        Parameters
        ----------
        result : Result
            Of the same body, or of one with the same structures and bones.
        caption : str, optional
            The sentence under the picture; by default the three greatest changes.
        """
        steps = list_steps(result, self.beside)
        scenes = [self._match(step.scene, result) for step in steps]
        begin = f"{describe_causes(result)}. " if result.causes else ""
        with self.hold_sync():
            self._paint(scenes[-1], self._describe(scenes[-1]) if caption is None else caption)
            story = [describe_stage(step.stage, self.body) for step in steps]
            story[0]["sentence"] = begin + story[0]["sentence"]
            self._show_reference(result)
            self.steps = b"".join(map(self._pack, scenes))
            self.step, self.story = len(steps) - 1, story
            self._result = result
            self.ladder, self.boards = pack_ladder(result, self.body), self._find_boards(result)
            self._trace()

    def play_days(
        self, days: Sequence[tuple[Result, str, str]], caption: str, step: int = 0
    ) -> None:
        """Show what becomes of a state, and load its days, to be played one after the other.

        Parameters
        ----------
        days : sequence of (Result, str, str)
            The state of a day, its title and its sentence; all of one body, with the structures
            and bones of this one. The first is the first day.
        caption : str
            The sentence under the picture, shown with the last one.
        step : int
            Which of them is shown now.
        """
        results = [result for result, _, _ in days]
        scenes = [
            self._match(scene, result)
            for scene, result in zip(read_days(results), results, strict=True)
        ]
        begin = describe_stage(results[0].story()[0], self.body)
        story = [
            {
                **begin,
                "route": "",
                "title": title,
                "sentence": sentence,
                "ladder": pack_ladder(result, self.body),
            }
            for result, title, sentence in days
        ]
        with self.hold_sync():
            self._paint(scenes[-1], caption)
            self.against, self.against_words = b"", ""
            self.steps = b"".join(map(self._pack, scenes))
            self.step, self.story = min(step, len(scenes) - 1), story
            self._result, self.trace = None, {}
            self.ladder = story[0]["ladder"]
            self.boards = self._find_boards(results[-1])

    def _find_boards(self, result: Result) -> dict[str, float]:
        sole_mm = self.picture["look"]["sole_mm"]
        return find_boards(result, self.scene, self.body.bones, self.drawing.marks, sole_mm)

    def _show_reference(self, result: Result) -> None:
        """Show with what a result is compared, where that is not healthy standing."""
        if result.reference is None:
            self.against, self.against_words = b"", ""
            return
        scene = self._match(read_reference(result, self.beside), result)
        levels = read_levels(scene, self.body.bones, self.drawing.marks)
        self.against = pack_scene(scene, 0, levels)
        self.against_words = f"Compared with {name_reference(result)} (dashed)."

    @property
    def step_labels(self) -> list[str]:
        """The titles of the stages of the story."""
        return [stage["title"] for stage in self.story]

    def rest(self) -> None:
        """Show the healthy body again."""
        self._result = None
        with self.hold_sync():
            self._paint(build_rest_scene(self.body), HEALTHY, clear=True)
            self.ladder, self.trace, self.against, self.against_words = [], {}, b"", ""
            self.boards = {}

    def show_certainty(self, words: Mapping[str, str] | None, note: str = "") -> None:
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
        numbers = {name: number for number, name in enumerate(self.body.structures)}
        for name, word in (words or {}).items():
            if word not in CERTAINTY:
                raise ValueError(
                    f"Certainty is said as {', '.join(CERTAINTY)}, and not as {word!r}."
                )
            structure = name if name in numbers else self.body.find(name)
            letters[numbers[structure]] = CERTAINTY[word][0]
        with self.hold_sync():
            self.certainty, self.certainty_note = "".join(letters), note

    def keep(self) -> None:
        """Keep the present picture as what `compare` compares with; side by side, if nothing was
        compared yet."""
        with self.hold_sync():
            self.reference = self.read_shown()
            self.reference_certainty = self.read_shown_certainty()
            if self.compare == "off":
                self.compare = "beside"

    def forget(self) -> None:
        """Compare with the healthy body again."""
        self.reference, self.reference_certainty = b"", ""

    def read_shown(self) -> bytes:
        """Read what is shown now: the step of the spread, or the only state there is.

        Returns
        -------
        bytes
            See `pack_scene`.
        """
        size, step = len(self.state), self._find_step()
        return self.steps[step * size : (step + 1) * size] or self.state

    def read_shown_certainty(self) -> str:
        """Read how sure the changes are that are shown now, one letter for each structure.

        Returns
        -------
        str
            Empty where it is not known, as for the steps before the last one.
        """
        return self.certainty if self.is_at_end else ""

    @property
    def is_at_end(self) -> bool:
        """Whether the whole result is shown: the last step of the spread, or all there is."""
        return self._find_step() >= self._count_steps() - 1

    def _count_steps(self) -> int:
        return len(self.steps) // len(self.state)

    def _find_step(self) -> int:
        return max(0, min(self.step, self._count_steps() - 1))

    def _match(self, scene: Scene, result: Result) -> Scene:
        same = result.body is self.body
        return scene if same else match_scene(scene, result.body, self.body)

    def _pack(self, scene: Scene) -> bytes:
        return pack_scene(
            scene, self._version, read_levels(scene, self.body.bones, self.drawing.marks)
        )

    def _paint(self, scene: Scene, caption: str, clear: bool = False) -> None:
        same, self.scene = is_same_scene(scene, self.scene), scene
        self._version += 1
        with self.hold_sync():
            if clear and self.steps:
                self.steps, self.step, self.story = b"", 0, []
            if not same:
                self.certainty, self.certainty_note = "", ""
            self.state = self._pack(scene)
            self.caption = caption

    def _describe(self, scene: Scene) -> str:
        """Name the three greatest changes, as far as they can be seen."""
        changes = np.nan_to_num(scene.change_n)
        largest = [
            number
            for number in np.argsort(-np.abs(changes))[:3]
            if change_word(changes[number], self.span_n) != "no change"
        ]
        if not largest:
            return "No tension changes enough to be seen."
        names = [structure["name"] for structure in self.picture["structures"]]
        words = [f"{names[number]}: {format_change(changes[number])}" for number in largest]
        return f"Changed most: {'; '.join(words)}."

    def to_svg(self) -> str:
        """Draw the same picture as one SVG that needs neither Python nor a browser script.

        Returns
        -------
        str
            A standalone SVG document, with a title, a description and a legend.
        """
        from musclechain.views.body.still import write_svg

        return write_svg(self)

    def write_still(self) -> str:
        """Write what stays of it in a saved notebook: its still picture, drawn coarsely."""
        from musclechain.views.body.still import say_caption, write_svg

        return embed_svg(write_svg(self, coarse=True), f"Body map. {say_caption(self)}")


def show_nerves(body: Body, picked: str = "", skin: bool = False) -> BodyMap:
    """Show the nerve part of the graph on the body: pick a root, a nerve, a muscle or a patch of
    skin, and the rest is lit up and said.

    Parameters
    ----------
    body : Body
    picked : str
        Id such as ``S1_left``, ``sciatic_left``, ``soleus_left``, ``skin_heel_left``; "" for
        none.
    skin : bool
        Whether all patches of skin are shown and can be picked.

    Returns
    -------
    BodyMap

    Raises
    ------
    UnknownStructureError

    Examples
    --------
    >>> import musclechain as mc
    >>> show_nerves(mc.read_body(), "S1_left").supply["skin"]["skin_heel_left"]
    3
    """
    picture = BodyMap(body, supply=True)
    picture.skin, picture.picked = skin, picked
    return picture
