"""The browser and the still picture draw the same state alike: node for node, the same shapes,
fills, strokes, widths, opacities, patterns, arrows and marks, and the same story."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.body import still_setting
from musclechain.views.body.referred import pack_referred
from musclechain.views.body.scene import pack_scene, read_levels
from tests.browser.map_page import open_maps, read_state

# What maps of the same body share.
DRAWING = {"picture", "outlines"}
SVG = "{http://www.w3.org/2000/svg}"
LAYERS = ("ghost", "ground", "body", "aids", "story", "referred", "outlines")
# Attributes that only a page needs.
PAGE_ONLY = {"pointer-events", "class", "role", "tabindex", "vector-effect", "style"}
# What a word is compared by; its white edge is a matter of the style sheet on a page.
WORD = ("text", "x", "y", "font-size", "text-anchor")
LENGTHS = {"stroke-width", "stroke-dasharray", "cx", "cy", "r"}
# How far a point may be off: the page does not draw a bone anew that has moved by less than half a
# millimetre (what is not seen), and writes tenths.
NEAR_MM, NEAR_SHARE = 0.65, 0.002

# What a page shows of each figure, in the layers that the still picture has.
READ_FIGURES = """() => {
  const {root} = window.maps[0];
  const isShown = node => getComputedStyle(node).display !== 'none';
  const describe = node => ({tag: node.localName,
    ...Object.fromEntries([...node.attributes].map(({name, value}) => [name, value]))});
  const list = node => [...node.querySelectorAll(':scope > path, :scope > circle')].filter(isShown);
  const views = [...root.querySelectorAll('.mc-view:not([hidden])')]
    .sort((a, b) => a.style.order - b.style.order);
  // a text costs the driver less than some thousand objects
  return JSON.stringify(views.map(view => {
    const svg = view.querySelector('svg');
    const ghost = svg.querySelector(':scope > path');
    const [aids, referred, outlines, ground, story] =
      ['aids', 'referred', 'halo', 'ground', 'told'].map(name => view.querySelector(`.mc-${name}`));
    const body = [...svg.querySelectorAll(':scope > .mc-layer')].filter(isShown).pop();
    const groups = [...body.children].filter(isShown);
    const told = css => isShown(story) ? [...story.querySelectorAll(css)] : [];
    return {
      box: svg.getAttribute('viewBox').split(' ').map(Number),
      title: view.querySelector('.mc-view-name').textContent,
      levels: [...view.querySelectorAll('.mc-levels span')].map(part => part.textContent)
        .join(' · '),
      unit: Number(/scale\\((.+)\\)/.exec(
        svg.querySelector('pattern').getAttribute('patternTransform'))[1]),
      ghost: isShown(ghost) ? [describe(ghost)] : [],
      body: groups.map(group => ({opacity: group.getAttribute('opacity') ?? '1',
        nodes: list(group).map(describe)})),
      aids: list(aids).map(describe),
      referred: list(referred).map(describe),
      ground: list(ground).map(describe),
      isOver: (body.compareDocumentPosition(ground) & Node.DOCUMENT_POSITION_FOLLOWING) > 0,
      outlines: list(outlines).map(describe),
      // a group of nodes may be faint as a whole
      story: told('path, circle').map(node => ({...describe(node),
        ...(node.parentNode.getAttribute('opacity')
          ? {faint: node.parentNode.getAttribute('opacity')} : {})})),
      words: told('text').map(node => ({...describe(node), text: node.textContent})),
    };
  }));
}"""
READ_WORDS = """() => ['.mc-caption', '.mc-sure-note', '.mc-factor', '.mc-against',
  '.mc-step-name', '.mc-story', '.mc-trace'].map(css => window.maps[0].root.querySelector(css))
  .map(node => node.checkVisibility({checkVisibilityCSS: true}) ? node.textContent : '')"""


@pytest.fixture(scope="module")
def result(body):
    """A strain with strong guarding: much is changed and some of it overloaded."""
    return mc.spread(body, mc.HamstringStrain("left", 3), guarding=1.0)


@pytest.fixture(scope="module")
def page(browser, body):
    with open_maps(browser, [mc.BodyMap(body)]) as (page, watch):
        yield page
        assert watch.console_errors == []


def say_certainty(picture):
    """Give the structures words of certainty in turn, some of them none."""
    words = ("settled", "likely", "depends", None)
    told = {
        name: words[number % 4]
        for number, name in enumerate(picture.body.structures)
        if words[number % 4]
    }
    picture.show_certainty(told, "How sure? In turn.")
    picture.patterns = True


def set_paler(picture):
    say_certainty(picture)
    picture.patterns = False


def set_plain(picture):
    picture.posture_lines = False


def set_chain(picture):
    say_certainty(picture)
    picture.selected, picture.highlight = "gastrocnemius_lateral_head_left", "chain"


def set_roots(picture):
    picture.selected, picture.highlight, picture.nerves = "gluteus_minimus_left", "roots", True


def set_beside(picture):
    say_certainty(picture)
    picture.views, picture.compare = ["back", "front"], "beside"
    picture.selected, picture.nerves = "soleus_left", True


def set_kept(picture):
    picture.step = 1
    picture.keep()
    picture.step = len(picture.step_labels) - 1
    picture.views, picture.exaggeration = ["left"], 10
    say_certainty(picture)


def set_step(picture):
    say_certainty(picture)
    picture.step = 2


def set_deep(picture):
    picture.depth, picture.views, picture.exaggeration = 2, ["right", "back"], 1
    picture.span_n, picture.selected = 200.0, "iliocostalis_lumborum_left"


def set_veiled(picture):
    picture.veiled, picture.selected, picture.nerves = True, "soleus_left", True


def tell(picture):
    """Show a milder strain, which has all three routes in its story."""
    strain = mc.HamstringStrain("left", 2)
    picture.play(mc.spread(picture.body, strain, guarding=0.5))


def set_pull(picture):
    """A stage with a trail that fades, and stages of its route before it."""
    tell(picture)
    picture.step = picture.step_labels.index("Pull: upper back and shoulder")


def set_posture(picture):
    tell(picture)
    picture.step = picture.step_labels.index("Posture: thigh")
    picture.views, picture.exaggeration = ["right", "back"], 10


def set_guarding(picture):
    """A stage with spinal levels, beside the healthy body, which tells no story."""
    tell(picture)
    picture.step = picture.step_labels.index("Guarding: thigh")
    picture.views, picture.compare = ["back"], "beside"


def set_beginning(picture):
    picture.step = 0


def set_raised(picture):
    """It begins at both feet, which are no structures, and one of them stands on a board."""
    causes = [mc.UnevenHips("left", 20), mc.RollingFoot("right", 5)]
    picture.play(mc.spread(picture.body, causes))


def set_deep_story(picture):
    """What lies above the layers that are drawn neither shines nor is ringed."""
    set_pull(picture)
    picture.depth = 1


def set_against(picture):
    bend = mc.ForwardBend(60)
    short = mc.spread(picture.body, [bend, mc.Shorten(mc.HAMSTRINGS, mm=40)])
    picture.play(short.against(mc.spread(picture.body, bend)))


def set_traced(picture):
    tell(picture)
    picture.selected = "gluteus_medius_left"


def set_referred(picture):
    """Dots of pain that move with a body that leans."""
    sore = mc.spread(picture.body, [mc.SoreMuscle("gluteus_minimus_left"), mc.Limp("left")])
    picture.play(sore)
    picture.referred = pack_referred(sore)


def set_days(picture):
    """Days that are played, which have bars of their own and no finish line."""
    days = [mc.spread(picture.body, mc.HamstringStrain("left", grade)) for grade in (2, 1)]
    picture.play_days([(day, f"day {k}", "It heals.") for k, day in enumerate(days)], "Healing.", 1)


def set_marked(picture):
    picture.most_marks, picture.marks_told = 3, True
    picture.step = max(len(picture.story) - 1, 0)  # of a story they are shown at its end
    picture.marked = ["soleus_left", "gluteus_medius_right", "gastrocnemius_medial_head_left"]
    set_chain(picture)


def set_veiled_marks(picture):
    picture.most_marks, picture.veiled = 3, True
    picture.marked = ["soleus_left", "gluteus_medius_right"]


def set_rest(picture):
    picture.rest()
    picture.nerves = True


def set_overloaded(picture):
    """No cause overloads much of a healthy body, so a third of it is said to be."""
    flags = np.arange(len(picture.body.structures)) % 3 == 0
    scene = replace(picture.scene, flags=flags.astype(int))
    picture.rest()
    levels = read_levels(scene, picture.body.bones, picture.drawing.marks)
    picture.state = pack_scene(scene, 99, levels)
    say_certainty(picture)


SETTINGS = [
    set_overloaded,
    set_plain,
    say_certainty,
    set_paler,
    set_chain,
    set_roots,
    set_beside,
    set_kept,
    set_step,
    set_deep,
    set_veiled,
    set_against,
    set_posture,
    set_guarding,
    set_beginning,
    set_raised,
    set_deep_story,
    set_traced,
    set_marked,
    set_referred,
    set_days,
    set_veiled_marks,
    set_rest,
]


def read_figures(page):
    """Read what the page shows of each figure."""
    return json.loads(page.evaluate(READ_FIGURES))


def show(page, picture):
    """Give the map on the page the state of another one, and wait until it is painted."""
    page.evaluate(
        """state => {
      const {model} = window.maps[0];
      const readBytes = text =>
        new DataView(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
      for (const [name, value] of Object.entries(state))
        model.set(name, value && value.bytes !== undefined ? readBytes(value.bytes) : value);
      return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }""",
        {name: value for name, value in read_state(picture).items() if name not in DRAWING},
    )
    # a machine that cannot keep up draws what is fine a moment later
    page.wait_for_function("!window.maps[0].root.querySelector('.mc-lean')")


@pytest.fixture(scope="module", params=SETTINGS, ids=lambda setting: setting.__name__)
def drawn(request, page, body, result):
    """Figures of the page and of the still picture, both with pixels of the same size and in the
    same frames (those of a page grow in steps), and the texts of both."""
    picture = mc.BodyMap(body)
    picture.play(result)
    request.param(picture)
    show(page, picture)
    figures, words = read_figures(page), page.evaluate(READ_WORDS)
    unit = figures[0]["unit"]
    look = picture.picture["look"]
    usual, look["still_mm_per_px"] = look["still_mm_per_px"], unit
    each = len(figures) // len(picture.views)
    frames = dict(zip(picture.views, [figure["box"] for figure in figures[::each]], strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(still_setting, "find_frames", lambda *_: frames)
        root = ElementTree.fromstring(picture.to_svg())
    look["still_mm_per_px"] = usual
    return picture, figures, root, words, unit


def read_still_figures(root):
    return [
        {part.get("class"): part for part in group if part.get("class") in LAYERS}
        | {"texts": [text.text for text in group.findall(f"{SVG}text")]}
        for group in root.findall(f"{SVG}g")
        if group.find(f"{SVG}g[@class='body']") is not None
    ]


def list_still_nodes(part):
    return [{"tag": node.tag.removeprefix(SVG), **node.attrib} for node in part]


def list_story_nodes(part):
    """List the ways and discs of a story, and its words; what a group around it says is kept."""
    nodes, words = [], []
    for node in part:
        inside = list(node) if node.tag == f"{SVG}g" else [node]
        faint = {"faint": node.get("opacity")} if len(node) and node.get("opacity") else {}
        for shape in inside:
            entry = {"tag": shape.tag.removeprefix(SVG), **shape.attrib, **faint}
            if shape.text:
                words.append({**entry, "text": shape.text})
            else:
                nodes.append(entry)
    return nodes, words


def compare_words(paged, still):
    """Say which words of a story differ, or do not stand at the same place."""
    pairs = [
        ({key: word.get(key) for key in WORD}, {key: other.get(key) for key in WORD})
        for word, other in zip_longest(paged, still, fillvalue={})
    ]
    return [
        f"{one} and {other}"
        for one, other in pairs
        if any(
            one[key] != other[key]
            if key in ("text", "text-anchor") or None in (one[key], other[key])
            else abs(float(one[key]) - float(other[key])) > NEAR_MM
            for key in WORD
        )
    ]


def is_reach(node):
    """Whether a node of the page is the unseen line that a pointer meets."""
    return node.get("stroke-opacity") == "0"


def put_lengths(node, unit):
    """Give a node of the page the millimetres that the still picture has in place of pixels."""
    if node.get("vector-effect") != "non-scaling-stroke":
        return node
    lengths = {
        key: " ".join(str(float(part) * unit) for part in node[key].split())
        for key in ("stroke-width", "stroke-dasharray")
        if key in node
    }
    return {**node, **lengths}


def compare_nodes(paged, still, unit):
    """Say in words how a node of the page differs from its fellow of the still picture."""
    if paged is None or still is None:
        return [f"only one has {paged or still}"]
    paged = {key: name_pattern(value) for key, value in put_lengths(paged, unit).items()}
    still = {key: name_pattern(value) for key, value in still.items()}
    keys = (paged.keys() | still.keys()) - PAGE_ONLY
    keys -= {key for key in keys if key.startswith("aria-")}
    return [
        f"{key}: {paged.get(key)!r:.60} and {still.get(key)!r:.60}"
        for key in sorted(keys)
        if not is_alike(key, paged.get(key), still.get(key))
    ]


def name_pattern(value):
    return re.sub(r"url\(#.*?(depends|likely)\)", r"\1", value)


def is_alike(key, value, other):
    if key not in LENGTHS | {"d"} or value is None or other is None:
        return value == other
    letters = [re.sub(r"[\d.\-\se]+", " ", text).strip() for text in (value, other)]
    numbers = [[float(part) for part in re.findall(r"-?[\d.]+", text)] for text in (value, other)]
    near = NEAR_SHARE if key == "stroke-width" else 0
    return (
        letters[0] == letters[1]
        and len(numbers[0]) == len(numbers[1])
        and all(
            abs(a - b) <= (near * abs(b) + 0.01 if near else NEAR_MM)
            for a, b in zip(*numbers, strict=True)
        )
    )


def compare_lists(paged, still, unit):
    return [
        f"{number}: {words}"
        for number, pair in enumerate(zip_longest(paged, still))
        for words in compare_nodes(*pair, unit)
    ]


def test_both_draw_the_same_nodes(drawn):
    _, figures, root, _, unit = drawn
    still_figures = read_still_figures(root)
    assert len(figures) == len(still_figures) > 0
    for figure, still in zip(figures, still_figures, strict=True):
        for layer in ("ghost", "ground", "aids", "referred", "outlines"):
            assert compare_lists(figure[layer], list_still_nodes(still[layer]), unit) == [], layer
        parts = list(still)
        assert figure["isOver"] == (parts.index("ground") > parts.index("body"))
        nodes, words = list_story_nodes(still["story"])
        assert compare_lists(figure["story"], nodes, unit) == []
        assert compare_words(figure["words"], words) == []
        groups = list(still["body"])
        assert len(groups) == len(figure["body"])
        for number, (group, still_group) in enumerate(zip(figure["body"], groups, strict=True)):
            place = f"{figure['title']}, group {number}"
            assert float(group["opacity"]) == pytest.approx(float(still_group.get("opacity", 1)))
            seen = [node for node in group["nodes"] if not is_reach(node)]
            assert compare_lists(seen, list_still_nodes(still_group), unit) == [], place


def test_both_say_the_same(drawn):
    picture, figures, root, words, _ = drawn
    texts = list(root.itertext())
    still_figures = read_still_figures(root)
    for figure, still in zip(figures, still_figures, strict=True):
        assert figure["title"] == still["texts"][0]
        levels = " ".join(still["texts"][3:])
        assert levels == (figure["levels"] if picture.posture_lines else "")
    said = " ".join(texts)
    for sentence in filter(None, words):
        assert sentence in said


def test_what_is_compared_has_marks_of_every_kind(page, body, result):
    """A comparison of pictures without patterns, arrows and overload would be none."""
    picture = mc.BodyMap(body)
    picture.play(result)
    set_chain(picture)
    show(page, picture)
    fills = [
        node.get("fill", "")
        for figure in read_figures(page)
        for group in figure["body"]
        for node in group["nodes"]
        if node.get("pointer-events") == "none"
    ]
    for words in ("depends)", "likely)", "#1a1a1a", "#ffffff"):
        assert sum(fill.endswith(words) for fill in fills) > 5
    assert len({group["opacity"] for figure in read_figures(page) for group in figure["body"]}) >= 3


def test_what_is_compared_tells_stories_of_every_kind(page, body, result):
    """A comparison without trails, faint ones, levels, rings and marks would be none."""
    picture = mc.BodyMap(body)
    picture.play(result)
    seen = {}
    for setting in (set_pull, set_guarding, set_marked):
        picture.compare = "off"
        setting(picture)
        show(page, picture)
        seen[setting] = read_figures(page)[-1 if setting is set_guarding else 0]
    story = seen[set_pull]["story"]
    widths = {
        node["stroke-width"]
        for node in story
        if node.get("stroke") == picture.picture["routes"]["pull"]
    }
    assert len(widths) > 3 and any("faint" in node for node in story)
    assert [word["text"] for word in seen[set_pull]["words"]] == ["neck", "outer hamstring"]
    levels = [node for node in seen[set_guarding]["story"] if node.get("fill", "none") != "none"]
    assert len(levels) > 2 and {node["tag"] for node in levels} == {"circle"}
    dashes = [node.get("stroke-dasharray") for node in seen[set_marked]["outlines"]]
    assert dashes.count("5 2") >= 3


def test_a_difference_is_found_out(drawn):
    """A check that cannot fail is none."""
    _, figures, root, _, unit = drawn
    still = list_still_nodes(read_still_figures(root)[0]["body"][0])
    paged = figures[0]["body"][0]["nodes"]
    assert compare_lists(paged, still, unit) == []
    for key, value in (("fill", "#123456"), ("stroke-width", "2.5"), ("d", "M0 0")):
        assert compare_lists([{**paged[0], key: value}], still[:1], unit) != []
    assert compare_lists(paged + [paged[0]], still, unit) != []
