"""A lesson from Run All to the last question by keyboard alone: no pointer, no focus that a key
did not set."""

import pytest

from tests.browser.lab_server import KERNEL_IDLE

LESSON = "notebooks/02_hamstring_strain.ipynb"
COUNT_POINTERS = """() => {
  window.musclechainPointers = 0;
  for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, () => {
    window.musclechainPointers++; }, true);
}"""
# True when the focus lies in an element that the style sheet given matches, within a cell whose
# number is at least `cell`.
FOCUS_IN = """([css, cell]) => {
  const focused = document.activeElement, around = focused.closest('.jp-Cell');
  return Boolean(around && focused.matches(css) &&
    [...document.querySelectorAll('.jp-Cell')].indexOf(around) >= cell);
}"""


class Hands:
    """Ten fingers on a keyboard: press, type, and look where the focus is."""

    def __init__(self, opened):
        self.opened, self.page = opened, opened.page
        self.press, self.type = opened.page.keyboard.press, opened.page.keyboard.type

    def wait(self, condition, arg=None, timeout=60_000):
        self.page.wait_for_function(condition, arg=arg, timeout=timeout)

    def run_all(self):
        """Run the lesson from the command palette."""
        self.press("Control+Shift+C")
        self.wait("document.activeElement.matches('.lm-CommandPalette-input')")
        self.type("Run All Cells")
        self.wait(
            "document.querySelector('.lm-CommandPalette-item.lm-mod-active')?.textContent"
            ".startsWith('Run All Cells')"
        )
        self.press("Enter")
        self.wait(
            "() => window.jupyterapp.shell.currentWidget.content.widgets.every(cell =>"
            " cell.model.type !== 'code' || cell.model.executionCount)",
            timeout=60_000,
        )
        self.page.wait_for_function(KERNEL_IDLE)
        self.opened.settle()

    def go_to_cell(self, css, find="findIndex"):
        """Walk up or down the cells, as JupyterLab's keys do, to the first that holds an element;
        return its number. JupyterLab's keys pass over a cell whose source is folded away: then to
        the one before it, from where Tab leads on."""
        wanted = self.page.evaluate(
            "([css, find]) => [...document.querySelectorAll('.jp-Cell')][find](cell =>"
            " cell.querySelector(css))",
            [css, find],
        )
        assert wanted >= 0, f"no cell holds {css}"
        self.press("Escape")
        came_from = -1
        for _ in range(200):
            now = self.page.evaluate(
                "[...document.querySelectorAll('.jp-Cell')].findIndex(cell =>"
                " cell.matches('.jp-mod-active'))"
            )
            if now == wanted or now < wanted < came_from:
                return wanted
            came_from = now
            self.press("ArrowDown" if now < wanted else "ArrowUp")
        raise AssertionError(f"the keys do not lead to cell {wanted}")

    def tab_to(self, css, cell=0, key="Tab", most=60):
        """Press Tab until the focus is in an element that `css` matches; fail where it is never
        reached."""
        for _ in range(most):
            self.press(key)
            if self.page.evaluate(FOCUS_IN, [css, cell]):
                return
        raise AssertionError(f"{most} times {key} does not lead to {css}")

    def read(self, css, attribute=None):
        found = self.page.locator(css).first
        return found.get_attribute(attribute) if attribute else found.inner_text()


@pytest.fixture
def hands(open_notebook):
    hands = Hands(open_notebook(LESSON, run_all=False))
    hands.page.evaluate(COUNT_POINTERS)
    yield hands
    assert hands.page.evaluate("window.musclechainPointers") == 0


def test_a_lesson_is_done_by_keyboard_alone(hands):
    hands.run_all()
    assert hands.opened.list_problems() == []
    predict(hands)
    move_a_slider(hands)
    walk_the_map(hands)
    step_through(hands)
    change_the_tab(hands)
    answer_a_question(hands)
    assert hands.opened.list_problems() == []


def predict(hands):
    """Answer the prediction above the controls; the result beside it is uncovered."""
    assert hands.page.locator(".mc-cover").first.is_visible()
    cell = hands.go_to_cell(".mc-lab")
    hands.tab_to(".mc-question input[type=radio]", cell)
    hands.press("Space")
    hands.tab_to(".mc-question button", cell)
    hands.press("Enter")
    hands.page.locator(".mc-cover").first.wait_for(state="hidden")
    assert "You predicted" in hands.read(".mc-question p[role=status]")


def move_a_slider(hands):
    """Reach two sliders with Tab and move them with the arrows and End; the picture follows."""
    version = float(hands.read(".mc-bodymap", "data-version"))
    hands.tab_to(".mc-lab [role=slider][aria-label^='Grade']")
    hands.press("ArrowRight")
    hands.wait(
        "version => +document.querySelector('.mc-bodymap').dataset.version > version", version
    )
    hands.wait("document.querySelector('.mc-caption').textContent.includes('grade 3')")
    assert float(hands.read(".mc-lab [role=slider][aria-label^='Grade']", "aria-valuenow")) == 3
    hands.tab_to(".mc-lab [role=slider][aria-label^='Guarding']")
    stages = hands.read(".mc-step-name").split(":")[0]
    hands.press("End")
    hands.wait(
        "stages => !document.querySelector('.mc-step-name').textContent.startsWith(stages)", stages
    )
    hands.wait("/Step (\\d+) of \\1:/.test(document.querySelector('.mc-step-name').textContent)")
    assert float(hands.read(".mc-lab [role=slider][aria-label^='Guarding']", "aria-valuenow")) == 1


def walk_the_map(hands):
    """Walk from muscle to muscle, choose one, read its card, let it go again."""
    hands.tab_to(".mc-structure")
    names = set()
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        hands.press(key)
        names.add(
            hands.page.evaluate(
                "document.activeElement.closest('.mc-structure').getAttribute('aria-label')"
            )
        )
    assert len(names) >= 3
    name = hands.page.evaluate("document.activeElement.getAttribute('aria-label').split(':')[0]")
    hands.press("Enter")
    hands.wait("document.activeElement.getAttribute('aria-pressed') === 'true'")
    hands.wait(
        "name => document.querySelector('.mc-lab .widget-tab-contents').textContent.includes(name)",
        name,
    )
    assert hands.read(".mc-detail").startswith(f"Selected: {name}")
    hands.press("Escape")
    hands.wait("!document.querySelector('.mc-structure[aria-pressed=true]')")


def step_through(hands):
    """Go a step back and one forward."""
    last = hands.read(".mc-step-name")
    hands.tab_to("button[aria-label='Previous step']")
    hands.press("Enter")
    hands.wait("last => document.querySelector('.mc-step-name').textContent !== last", last)
    hands.tab_to("button[aria-label='Next step']")
    hands.press("Space")
    hands.wait("last => document.querySelector('.mc-step-name').textContent === last", last)


def change_the_tab(hands):
    """Open another tab; what it shows is another text."""
    shown = (
        "[...document.querySelectorAll('.mc-lab .widget-tab-contents > *')].find(page =>"
        " page.offsetParent).textContent"
    )
    first = hands.page.evaluate(shown)
    hands.tab_to(".mc-lab [role=tab]")
    hands.press("ArrowRight")
    hands.press("Enter")
    hands.wait(f"first => {shown} !== first && {shown}.length > 40", first)


REPLY = (
    "(document.activeElement.closest('.jp-OutputArea-output').querySelector('p[role=status]') ||"
    " {textContent: ''}).textContent"
)


def answer_a_question(hands):
    """Type a wrong number, then choose among answers until one is right: hints first, praise in
    the end."""
    cell = hands.go_to_cell(".mc-lab")
    hands.tab_to("input[placeholder^='a number']", cell + 1)
    hands.type("-1000")
    hands.tab_to("button.jupyter-button", cell + 1)
    hands.press("Enter")
    hands.wait(f"{REPLY}.startsWith('✗ Not yet')")
    cell = hands.go_to_cell(".mc-question input[type=radio]", "findLastIndex") - 1
    replies = []
    while len(replies) < 6 and not any(reply.startswith("✓ Right") for reply in replies):
        # one stop of the Tab key for the whole question; the arrows go on to the next answer and
        # choose it
        if replies:
            hands.press("ArrowDown")
        else:
            hands.tab_to("input[type=radio]", cell + 1)
            hands.press("Space")
        hands.wait(f"replies => /^[✗✓]/.test({REPLY}) && !replies.includes({REPLY})", replies)
        replies.append(hands.page.evaluate(REPLY))
    assert replies[-1].startswith("✓ Right"), replies
