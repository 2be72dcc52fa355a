"""The story in a browser: where it begins and where it ends from the first paint, each stage with
its sentence, trail and rungs, and playing that asks nothing of the kernel."""

import pytest

import musclechain as mc
from musclechain.anatomy.format import format_newtons
from musclechain.views.body.sentences import say_factor
from tests.browser.map_page import open_maps, read_state

STRAIN = mc.HamstringStrain("left", 2)
READ = """() => {
  const {root} = window.maps[0], text = css => root.querySelector(css)?.textContent ?? '';
  const views = [...root.querySelectorAll('.mc-view:not([hidden])')];
  return {
    name: text('.mc-step-name'), sentence: text('.mc-story'), factor: text('.mc-factor'),
    ladder: root.querySelector('.mc-ladder svg').getAttribute('aria-label') ?? '',
    bars: root.querySelectorAll('.mc-ladder rect').length,
    views: views.map(view => {
      const story = view.querySelector('.mc-told');
      return {
        shown: story.style.display !== 'none',
        words: [...story.querySelectorAll('text')].map(node => node.textContent),
        rings: story.querySelectorAll('circle').length,
        trails: story.querySelectorAll('.mc-trail').length,
        widths: [...([...story.querySelectorAll('.mc-trail')].pop()?.children ?? [])].map(path =>
          Number(path.getAttribute('stroke-width'))),
      };
    }),
  };
}"""


@pytest.fixture(scope="module")
def result(body):
    return mc.spread(body, STRAIN, guarding=0.5)


@pytest.fixture(scope="module")
def picture(body, result):
    picture = mc.BodyMap(body)
    picture.play(result)
    return picture


@pytest.fixture(scope="module")
def page(browser, picture):
    with open_maps(browser, [picture]) as (page, watch):
        yield page
        assert watch.console_errors == []


def go_to(page, step):
    page.evaluate(
        """step => { window.maps[0].model.set('step', step);
      return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }""",
        step,
    )
    return page.evaluate(READ)


def test_cause_and_finish_are_marked_from_the_first_paint(page, picture):
    shown = go_to(page, len(picture.story) - 1)
    back, side, front = shown["views"]
    for view in (back, side, front):
        assert view["shown"] and "neck" in view["words"]
    # the hamstring is not seen from the front
    assert back["rings"] == side["rings"] == 2 and front["rings"] == 0
    # its name lies over the muscles around it, so at the end, where they are clicked, it is gone
    assert back["words"] == side["words"] == ["neck"]
    back, _, front = go_to(page, 1)["views"]
    assert "outer hamstring" in back["words"] and "outer hamstring" not in front["words"]


def test_each_stage_has_its_sentence_its_trail_and_its_rungs(page, picture):
    bars = []
    for number, stage in enumerate(picture.story):
        shown = go_to(page, number)
        assert shown["name"] == f"Step {number + 1} of {len(picture.story)}: {stage['title']}"
        assert shown["sentence"] == stage["sentence"]
        assert any(view["trails"] for view in shown["views"]) == any(
            one["trail"] for one in told(picture, number)
        )
        bars.append(shown["bars"])
    assert bars[0] == 0 and bars == sorted(bars) and bars[-1] > 20


def told(picture, number):
    """The stages of one route up to a stage; at the end, which is of none, those of the pull."""
    route = picture.story[number]["route"] or "pull"
    return [one for one in picture.story[1 : number + 1] if number and one["route"] == route]


def test_the_trail_of_a_pull_gets_thinner(page, picture):
    titles = [stage["title"] for stage in picture.story]
    widths = go_to(page, titles.index("Pull: low back"))["views"][0]["widths"]
    lines = widths[len(widths) // 2 :]
    assert lines[1] > 2 * lines[-1] and min(lines) > 1


def test_the_ladder_says_what_it_draws(page, picture, result):
    said = go_to(page, len(picture.story) - 1)["ladder"]
    table = result.table()
    neck = table[
        table["region"].isin(("neck", "head"))
        & (table["kind"] == "muscle")
        & (table["side"] == "left")
    ]
    routes = neck[["posture_N", "pull_N", "guarding_N"]]
    more, less = routes.clip(lower=0).sum().sum(), -routes.clip(upper=0).sum().sum()
    assert (
        f"neck and head: left {format_newtons(more)} more and {format_newtons(less)} less" in said
    )
    assert "no change" in go_to(page, 0)["ladder"]


def test_a_magnifier_makes_the_bars_longer(page, picture):
    go_to(page, len(picture.story) - 1)
    read = "Number(window.maps[0].root.textContent.match(/Longest bar: ([0-9.]+) N/)[1])"
    longest = page.evaluate(read)
    page.get_by_role("button", name="Bars 10 times as long").click()
    page.wait_for_function(f"longest => {read} === longest / 10", arg=longest)
    page.get_by_role("button", name="Bars 1 times as long").click()
    page.wait_for_function(f"longest => {read} === longest", arg=longest)


def test_playing_tells_every_stage_and_saves_nothing_but_the_step(page, picture):
    go_to(page, len(picture.story) - 1)
    page.get_by_label("Speed").select_option("2")
    page.evaluate("""() => {
      const {root, model} = window.maps[0], name = root.querySelector('.mc-step-name');
      window.told = []; window.asked = [];
      new MutationObserver(() => window.told.push(name.textContent)).observe(name,
        {childList: true, characterData: true, subtree: true});
      const set = model.set.bind(model);
      model.set = (trait, value) => { window.asked.push(trait); set(trait, value); };
    }""")
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=30_000)
    heard, asked = page.evaluate("[window.told, window.asked]")
    titles = [stage["title"] for stage in picture.story]
    assert [name.split(": ", 1)[1] for name in heard] == titles
    assert set(asked) == {"step"}
    page.get_by_label("Speed").select_option("1")


def test_a_pause_keeps_the_stage_and_play_goes_on_from_there(page, picture):
    go_to(page, 3)
    page.get_by_label("Speed").select_option(label="slow")
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Speed").select_option(label="usual")
    name = page.evaluate(READ)["name"]
    assert name.startswith(("Step 4 ", "Step 5 "))
    page.wait_for_timeout(900)
    assert page.evaluate(READ)["name"] == name


def test_what_is_selected_shows_how_its_change_came_to_it(browser, body, result):
    picture = mc.BodyMap(body)
    picture.play(result)
    picture.selected = "gluteus_medius_left"
    with open_maps(browser, [picture]) as (page, _):
        words = page.locator(".mc-trace").inner_text()
        assert words == picture.trace["words"] and "By guarding:" in words
        assert page.evaluate(READ)["views"][0]["trails"] == len(picture.trace["trails"])


def test_a_covered_map_tells_nothing(browser, body, result):
    picture = mc.BodyMap(body, veiled=True)
    picture.play(result)
    with open_maps(browser, [picture]) as (page, _):
        shown = page.evaluate(READ)
        assert shown["sentence"] == "" and not any(view["shown"] for view in shown["views"])
        assert page.locator(".mc-ladder").is_hidden()
        assert page.locator(".mc-step-name").is_hidden()


def test_a_map_without_a_story_has_neither_ring_nor_ladder(browser, body):
    with open_maps(browser, [mc.BodyMap(body)]) as (page, watch):
        assert page.locator(".mc-ladder").is_hidden()
        assert not any(view["shown"] for view in page.evaluate(READ)["views"])
        assert watch.console_errors == []


@pytest.mark.parametrize("width", [360, 560, 768, 1280])
def test_nothing_sticks_out_at_any_width(browser, picture, width):
    with open_maps(browser, [picture], viewport={"width": width, "height": 720}) as (page, _):
        out = page.evaluate("""() => {
          const stage = window.maps[0].root.querySelector('.mc-stage'),
            right = stage.getBoundingClientRect().right + 1;
          return [...stage.querySelectorAll('div, svg')].filter(node =>
            node.getBoundingClientRect().right > right).map(node => node.className.baseVal ??
              node.className);
        }""")
        assert out == []


def test_body_ladder_play_and_sentence_fit_one_screen(browser, picture):
    """600 pixels are left of 720 in JupyterLab."""
    with open_maps(browser, [picture], viewport={"width": 760, "height": 720}) as (page, _):
        box = page.locator(".mc-story").bounding_box()
        assert box["y"] + box["height"] - page.locator(".mc-bodymap").bounding_box()["y"] <= 600


def test_a_state_of_a_map_with_a_story_is_plain_data(picture):
    state = read_state(picture)
    assert len(str(state["story"])) < 40_000 and len(state["ladder"]) == 7 * 2 * 3 * 2


def test_muscles_are_marked_on_the_covered_body_by_pointer_and_keys(browser, body):
    picture = mc.BodyMap(body, veiled=True)
    picture.most_marks = 2
    with open_maps(browser, [picture]) as (page, watch):
        cover = page.locator(".mc-cover p")
        assert "mark up to 2 muscles" in cover.inner_text() and "0 of 2" in cover.inner_text()
        for number in range(3):
            node = page.locator(".mc-structure").nth(number * 7)
            node.focus()
            page.keyboard.press("Enter")
        page.wait_for_function(
            "document.querySelector('.mc-cover p').textContent.includes('2 of 2 marked')"
        )
        # the oldest of three has gone, and nothing is selected
        marked, selected = page.evaluate(
            "[window.maps[0].model.get('marked'), window.maps[0].model.get('selected')]"
        )
        assert len(marked) == 2 and selected == ""
        assert page.locator(".mc-structure[aria-pressed=true]").count() >= 2
        page.keyboard.press("Enter")
        page.wait_for_function(
            "document.querySelector('.mc-cover p').textContent.includes('1 of 2 marked')"
        )
        page.get_by_role("button", name="Show the result").click()
        assert watch.console_errors == []


def test_what_lies_deep_can_be_marked_and_the_answer_shows_all_layers(browser, body):
    picture = mc.BodyMap(body, veiled=True)
    picture.views, picture.most_marks = ["back"], 5
    with open_maps(browser, [picture]) as (page, watch):
        deep = page.get_by_label("Quadratus lumborum, left").first
        assert deep.evaluate(FIND_CLICK) is None, "all layers lie over it"
        button = page.get_by_role("button", name="Deep muscles")
        button.click()
        page.wait_for_function("document.querySelector('.mc-cover [aria-pressed=true]')")
        page.mouse.click(*deep.evaluate(FIND_CLICK))
        page.wait_for_function("window.maps[0].model.get('marked').length === 1")
        page.get_by_role("button", name="Skip, and show the result").click()
        page.wait_for_function("window.maps[0].model.get('depth') === 4")
        assert watch.console_errors == []


def test_the_cover_leaves_the_body_free_for_marks(browser, body, result):
    picture = mc.BodyMap(body, veiled=True)
    picture.most_marks = 5
    picture.play(result)
    with open_maps(browser, [picture], viewport={"width": 1000, "height": 720}) as (page, _):
        cover = page.locator(".mc-cover").bounding_box()
        views = [view.bounding_box() for view in page.locator(".mc-view").all()]
        assert all(view["x"] + view["width"] <= cover["x"] for view in views)


# where along its height a click would reach a structure, not what lies over it; null for nowhere
FIND_CLICK = """node => {
  const {left, top, width, height} = node.getBoundingClientRect();
  for (let k = 1; k < 40; k += 1) for (let j = 1; j < 10; j += 1) {
    const [x, y] = [left + width * j / 10, top + height * k / 40];
    if (node.contains(document.elementFromPoint(x, y))) return [x, y];
  }
  return null;
}"""
# as a lab does: the last story goes, the cover too, and a new story comes once the hand rests
TAKE_OVER = """state => {
  const {model} = window.maps[0];
  const read = name => new DataView(
    Uint8Array.from(atob(state[name].bytes), c => c.charCodeAt(0)).buffer);
  model.set('steps', new DataView(new ArrayBuffer(0)));
  model.set('state', read('state'));
  model.set('veiled', state.veiled);
  model.set('steps', read('steps'));
  for (const name of ['story', 'step']) model.set(name, state[name]);
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def test_a_change_of_scale_between_two_states_is_said_and_marked(body, browser):
    picture, states, drawn = mc.BodyMap(body), [], []
    for mm, veiled in ((30, True), (20, False), (5, False), (8, False)):
        picture.play(mc.spread(body, mc.UnevenHips("left", mm)))
        picture.veiled = veiled
        states.append(read_state(picture))
        drawn.append(picture.scene.factors[1])
    large_then_still = [mc.spread(body, mc.UnevenHips("left", mm)) for mm in (30, 0)]
    picture.play_days([(one, "a day", "Words.") for one in large_then_still], "Words.", 0)
    states.append(read_state(picture))
    picture.play(mc.spread(body, mc.UnevenHips("left", 8)))
    states.append(read_state(picture))
    with open_maps(browser, [mc.BodyMap(body)]) as (page, _):
        told = []
        for state in states:
            page.evaluate(TAKE_OVER, state)
            marked = page.locator(".mc-rescaled").text_content()
            told.append((page.evaluate(READ)["factor"], marked))
    # a covered state was not seen, so that the first one that is has nothing beside it
    film, large, *usual = map(say_factor, drawn, [5] * 4)
    assert usual[0] == usual[1] == "Movement drawn 5 times larger than computed."
    usual, times = usual[0], [f"{factor:.1f} times" for factor in drawn]
    assert times[0] in film and times[1] in large and drawn[0] < drawn[1] < 5
    assert told == [
        ("", ""),
        (large, ""),
        (usual, f"Scale changed: before {times[1]}, now 5 times."),
        (usual, ""),
        # days that end as the body is at rest: the last that moved is what the next is beside
        (film, f"Scale changed: before 5 times, now {times[0]}."),
        (usual, f"Scale changed: before {times[0]}, now 5 times."),
    ]
