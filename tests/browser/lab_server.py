"""JupyterLab and a headless browser for tests: start them, open a notebook, press keys, read the
clock.

The server listens on 127.0.0.1 only, keeps its settings in a folder of its own, and serves a copy
of the lessons, because JupyterLab saves what it runs.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.kernels import let_draw

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each window would draw the pop-ups of an address bar that nobody sees, in a process of its
    # own. The last of these flags counts, so what playwright turns off stands here too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,"
    "NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
)
LOCAL_HOSTS = ("127.0.0.1", "localhost")
NOTIFICATIONS_OFF = {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": True}

# The least that a slider in JupyterLab can do: to the kernel and back into a label.
FLOOR_CODE = """\
from ipywidgets import IntSlider, Label, VBox, dlink
slider, label = IntSlider(value=0, max=1000), Label()
label.add_class('floor')
dlink((slider, 'value'), (label, 'value'), str)
VBox([slider, label])"""
FLOOR_SLIDER = ".noUi-handle"
FLOOR_PROBE = "document.querySelector('.floor').textContent"

# Writes the moment at which the kernel started a cell into the cell's metadata; all else is as
# a learner finds JupyterLab.
RECORD_TIMING = {"@jupyterlab/notebook-extension:tracker": {"recordTiming": True}}
# Lab keeps only the cells near the window painted; here all are, so that every picture is there to
# look at.
PAINT_EVERYTHING = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "recordTiming": True}
}

KERNEL_IDLE = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const session = panel && panel.sessionContext && panel.sessionContext.session;
  return Boolean(panel && panel.content && panel.content.model && session && session.kernel
                 && session.kernel.status === 'idle');
}"""

# Counts the looks at which nothing has changed of what labs say of their certainty.
CALM = """notes => {
  const said = [...document.querySelectorAll('.mc-sure-note')].map(node => node.textContent).join();
  [notes.same, notes.said] = [said === notes.said ? (notes.same ?? 0) + 1 : 0, said];
  return notes.same;
}"""

READ_CELLS = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.model.cells, read = [];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells.get(i);
    if (cell.type !== 'code') continue;
    const outputs = cell.outputs.toJSON();
    const started = (cell.getMetadata('execution') || {})['iopub.execute_input'];
    read.push({
      index: i, count: cell.executionCount, started: started ? Date.parse(started) : null,
      errors: outputs.filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue),
      stderr: outputs.filter(o => o.name === 'stderr').map(o =>
        [].concat(o.text).join('')).join(''),
      widgets: outputs.filter(o => o.data &&
        'application/vnd.jupyter.widget-view+json' in o.data).length,
    });
  }
  return read;
}"""

# Two animation frames after a change of the document, the change has been painted.
RUN_ALL = """([first]) => {
  const painted = () => performance.timeOrigin + performance.now();
  const look = () => {
    if (!document.querySelector(first)) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => { window.musclechainFirst = painted();
      }));
  };
  window.musclechainFirst = null;
  look();
  window.musclechainRun = undefined;
  window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => '', String)
    .then(error => { window.musclechainRun = error; });
}"""

# Unfolds the choices of a map that one seldom needs.
OPEN_VIEW = """() => {
  for (const fold of document.querySelectorAll('.mc-view-options')) fold.open = true;
}"""

FIND_STRUCTURE = """name => {
  const named = [...document.querySelectorAll('.mc-structure')].filter(node =>
    (node.getAttribute('aria-label') || '').startsWith(name));
  const meets = (node, x, y) =>
    document.elementFromPoint(x, y)?.closest('.mc-structure') === node;
  let edge = null;
  for (const node of named) {
    node.scrollIntoView({block: 'center'});
    const box = node.getBoundingClientRect();
    for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
      const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
      if (!meets(node, x, y)) continue;
      edge = edge || [x, y];
      // a finger on an edge may be taken for one beside it
      if ([[-4, 0], [4, 0], [0, -4], [0, 4]].every(([dx, dy]) => meets(node, x + dx, y + dy)))
        return [x, y];
    }
    if (edge) return edge;
  }
  return null;
}"""

WATCH_NEXT_KEY = """([probe, limit]) => {
  const read = new Function('return ' + probe);
  window.musclechainKey = new Promise(resolve => {
    addEventListener('keydown', event => {
      const start = event.timeStamp, before = read();
      const look = () => {
        if (performance.now() - start > limit) return resolve(null);
        if (read() === before) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()
          - start)));
      };
      look();
    }, {capture: true, once: true});
  });
}"""


class BrowserMissing(RuntimeError):
    """No browser that the tests can drive was found; the message says how to get one."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, the folder that it serves, and its log; and the browser
    contexts that pages share, since each has to fetch and compile JupyterLab once."""

    url: str
    folder: Path
    log: Path
    contexts: dict = field(default_factory=dict)


@dataclass
class Watch:
    """What a page did that a lesson should not do."""

    console_errors: list = field(default_factory=list)
    left_the_machine: list = field(default_factory=list)
    failed: list = field(default_factory=list)

    def attach(self, page):
        """Record the errors and the requests of a page from now on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.console_errors.append(f"uncaught: {error}"))
        page.on("request", lambda request: self._on_address(request.url))
        page.on("websocket", lambda socket: self._on_address(socket.url))
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failure)

    def _on_console(self, message):
        if message.type == "error":
            self.console_errors.append(message.text)

    def _on_address(self, url):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL_HOSTS:
            self.left_the_machine.append(url)

    def _on_response(self, response):
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _on_failure(self, request):
        # A request that the page itself gave up, as when it is left, is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")


class NotebookPage:
    """A notebook open in JupyterLab.

    Attributes
    ----------
    page : playwright.sync_api.Page
        For whatever has no method here.
    watch : Watch
        Console errors, failed answers, and requests that left the machine, since the page was
        opened.
    """

    def __init__(self, lab, page, watch, path):
        self.lab, self.page, self.watch, self.path = lab, page, watch, path

    def run_all(self, timeout_s=120, first=".mc-bodymap"):
        """Run every cell and wait until the kernel is idle and the page has settled.

        Parameters
        ----------
        timeout_s : float
            Seconds to wait for the last cell.
        first : str
            CSS selector of the picture whose first painting is timed.
        """
        self.page.evaluate(RUN_ALL, [first])
        self.page.wait_for_function("window.musclechainRun !== undefined", timeout=timeout_s * 1000)
        error = self.page.evaluate("window.musclechainRun")
        assert not error, error
        self.page.wait_for_function(KERNEL_IDLE, timeout=timeout_s * 1000)
        self.settle()

    def settle(self, quiet_ms=300):
        """Wait until nothing in the document has changed for `quiet_ms` (ten seconds at most)."""
        self.page.evaluate(
            """quiet => new Promise(resolve => {
              const finish = () => { watcher.disconnect(); clearTimeout(last); resolve(); };
              let timer = setTimeout(finish, quiet);
              const last = setTimeout(finish, 10000);
              const watcher = new MutationObserver(() => { clearTimeout(timer);
                timer = setTimeout(finish, quiet); });
              watcher.observe(document.body, {subtree: true, childList: true, attributes: true,
                characterData: true});
            })""",
            quiet_ms,
        )

    def read_cells(self):
        """List the code cells: index, count, started (ms), errors, stderr, widgets."""
        return self.page.evaluate(READ_CELLS)

    def list_problems(self):
        """List, in words, what went wrong since the page was opened; an empty list is good."""
        cells = self.read_cells()
        problems = [f"cell {cell['index']}: {error}" for cell in cells for error in cell["errors"]]
        problems += [
            f"cell {cell['index']} wrote to stderr: {cell['stderr']}"
            for cell in cells
            if cell["stderr"]
        ]
        problems += [f"cell {cell['index']} did not run" for cell in cells if cell["count"] is None]
        problems += [f"console: {text}" for text in self.watch.console_errors]
        problems += [f"left the machine: {url}" for url in self.watch.left_the_machine]
        return problems + [f"failed: {text}" for text in self.watch.failed]

    def show_cell(self, index):
        """Scroll to a cell, as a reader does, and wait until it has settled."""
        self.page.evaluate(
            "index => window.jupyterapp.shell.currentWidget.content.scrollToItem(index, 'start')",
            index,
        )
        self.settle()

    def count_views(self, index):
        """Count the widgets that the outputs of cell `index` now show."""
        return self.page.evaluate(
            """index => window.jupyterapp.shell.currentWidget.content.widgets[index]
                 .node.querySelectorAll(
                   '.jp-OutputArea-output :is(.jupyter-widgets, .mc-bodymap)').length""",
            index,
        )

    def find_first_picture_ms(self, of_all=False):
        """Find how long after its cell started (or the first cell `of_all`, with all imports) the
        first picture was painted; None when there was none."""
        painted = self.page.evaluate("window.musclechainFirst")
        index = self.page.evaluate("""() => window.jupyterapp.shell.currentWidget.content.widgets
                 .findIndex(cell => cell.node.querySelector('.mc-bodymap'))""")
        started = [
            cell["started"]
            for cell in self.read_cells()
            if cell["index"] == index or (of_all and cell["started"])
        ]
        return painted - started[0] if painted and started and started[0] else None

    def uncover(self):
        """Show what waits for a prediction."""
        self.page.evaluate(
            "() => document.querySelectorAll('.mc-cover button').forEach(one => one.click())"
        )

    def wait_for_rest(self):
        """Wait until nothing new was said of certainty for two seconds, and the kernel is idle."""
        notes = self.page.evaluate_handle("() => ({})")
        while notes.evaluate(CALM) < 8:
            self.page.wait_for_timeout(250)
        self.page.wait_for_function(KERNEL_IDLE)

    def find_lab_sliders(self):
        """Find the first slider of each lab on the page: pairs of a slider's handle and a probe.

        A lab is an output that holds a body map; the probe is JavaScript that reads the number
        which the
        map raises each time it repaints.
        """
        count = self.page.evaluate("""() => {
              let count = 0;
              for (const area of document.querySelectorAll('.jp-OutputArea-output')) {
                if (!area.querySelector('.mc-bodymap') || !area.querySelector('.noUi-handle'))
                  continue;
                area.setAttribute('data-test-lab', count++);
              }
              return count;
            }""")
        labs = [f'[data-test-lab="{number}"]' for number in range(count)]
        probe = (
            "[...document.querySelectorAll('%s .mc-bodymap')].map(map =>"
            " map.dataset.version).join()"
        )
        return [(f"{area} .noUi-handle", probe % area) for area in labs]

    def change_theme(self, dark):
        """Change to JupyterLab's dark or light theme."""
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
        )
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg=str(not dark).lower()
        )

    def open_tab(self, tab, press="click"):
        """Click (or ``press="tap"``) a tab of a lab, a locator, and wait until the kernel has
        filled it."""
        getattr(tab, press)()
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until the kernel has answered what was asked of it, and the page shows it."""
        self.page.wait_for_timeout(400)  # until the kernel has heard of it
        self.page.wait_for_function(KERNEL_IDLE)
        self.settle()

    def find_structure(self, name):
        """Find a point of the window where a pointer meets a structure of the body map, after
        scrolling to it; None if there is none."""
        return self.page.evaluate(FIND_STRUCTURE, name)

    def measure_keys(self, slider, probe, presses=20, warm_up=3, limit_ms=10000):
        """Measure the time from a key press on a slider until the page has been repainted.

        Parameters
        ----------
        slider : str
            CSS selector of the slider's handle; the first match is used.
        probe : str
            JavaScript expression whose value changes with the answer.
        presses, warm_up : int
            Presses that count, and presses before them that do not.
        limit_ms : float
            Longest wait for an answer.

        Returns
        -------
        list of float
            Milliseconds, one a press.

        Raises
        ------
        TimeoutError
            When a press was not answered.
        """
        handle = self.page.locator(slider).first
        # where cells far from the window are left out, the browser calls them not visible
        handle.evaluate("node => node.scrollIntoView({block: 'center'})")
        times, key = [], "ArrowRight"
        for _ in range(warm_up + presses):
            now, low, high = (
                float(handle.get_attribute(f"aria-value{name}")) for name in ("now", "min", "max")
            )
            if now >= high:
                key = "ArrowLeft"
            elif now <= low:
                key = "ArrowRight"
            times.append(self.measure_key(handle, key, probe, limit_ms))
        return times[warm_up:]

    def measure_key(self, handle, key, probe, limit_ms=10000):
        """Measure one key press (ms from press to painted); see `measure_keys`."""
        handle.focus()
        self.page.evaluate(WATCH_NEXT_KEY, [probe, limit_ms])
        self.page.keyboard.press(key)
        answer = self.page.evaluate("window.musclechainKey")
        if answer is None:
            raise TimeoutError(f"{key} on the slider was not answered within {limit_ms / 1000:g} s")
        self.page.wait_for_function(KERNEL_IDLE)
        return answer

    def close(self):
        """Close the page and end its kernel."""
        self.page.close()
        for session in json.loads(_ask(f"{self.lab.url}/api/sessions")):
            if session["path"] == self.path:
                _ask(f"{self.lab.url}/api/sessions/{session['id']}", method="DELETE")


def open_notebook(
    lab,
    browser,
    path,
    run_all=True,
    dark=False,
    size=(1400, 1100),
    touch=False,
    reduced_motion=False,
    alone=False,
):
    """Open a notebook in JupyterLab.

    Parameters
    ----------
    lab : Lab
    browser : playwright.sync_api.Browser
    path : str or pathlib.Path
        Path from the folder that the lab serves, or an absolute path, whose notebook is copied
        there.
    run_all : bool
        Run every cell and wait for the end.
    dark : bool
        Open in JupyterLab's dark theme.
    size : (int, int)
        Width and height of the window in pixels.
    touch : bool
        A screen that answers to fingers.
    reduced_motion : bool
        A reader who has asked the system for less motion.
    alone : bool
        In a browser context that no other page shares, so that its memory is its own.

    Returns
    -------
    NotebookPage
    """
    path = Path(path)
    if path.is_absolute():
        (lab.folder / "other").mkdir(exist_ok=True)
        path = Path(shutil.copy(path, lab.folder / "other")).relative_to(lab.folder)
    kind = (browser, dark, size, touch, reduced_motion, path if alone else None)
    if kind not in lab.contexts:
        lab.contexts[kind] = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
    page, watch = lab.contexts[kind].new_page(), Watch()
    page.set_default_timeout(60_000)
    watch.attach(page)
    # A workspace of its own, so that no page finds what another one left open.
    page.goto(
        f"{lab.url}/lab/workspaces/{uuid.uuid4().hex[:8]}/tree/{quote(path.as_posix())}?reset"
    )
    page.wait_for_function(KERNEL_IDLE)
    opened = NotebookPage(lab, page, watch, path.as_posix())
    opened.change_theme(dark)
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    if run_all:
        opened.run_all()
    return opened


@contextmanager
def start_lab(folder, settings=None, draws=None):
    """Start JupyterLab on a free port of 127.0.0.1 and stop it, with its kernels, at the end.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to serve; JupyterLab saves notebooks there.
    settings : dict, optional
        Settings of JupyterLab by plugin, such as `PAINT_EVERYTHING`.
    draws : int, optional
        How many bodies each lab draws to say how sure it is, where its usual
        number would keep a small machine busy for seconds.

    Yields
    ------
    Lab
    """
    with tempfile.TemporaryDirectory(prefix="musclechain-lab-", ignore_cleanup_errors=True) as home:
        home = Path(home)
        everything = {
            "@jupyterlab/apputils-extension:notification": NOTIFICATIONS_OFF,
            **(settings or {}),
        }
        _write_settings(home / "settings", everything)
        if draws is not None:
            let_draw(home / "ipython", draws)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        lab = Lab(f"http://127.0.0.1:{port}", Path(folder), home / "lab.log")
        with lab.log.open("wb") as log:
            process = subprocess.Popen(
                _command(folder, port),
                cwd=folder,
                env=_environment(home),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait_until_up(lab, process)
                yield lab
            finally:
                _stop(process)


@contextmanager
def start_browser():
    """Start a headless browser and close it at the end.

    Yields
    ------
    playwright.sync_api.Browser

    Raises
    ------
    BrowserMissing
        When none was found.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise BrowserMissing("playwright is not installed; it is in the extra 'test'") from None
    with sync_playwright() as playwright:
        program = find_program()
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise BrowserMissing(
                "no Chromium, Chrome or Edge that can be started was found: install one, or run "
                f"`playwright install chromium`, or name one in MUSCLECHAIN_BROWSER ({reason})"
            ) from None
        try:
            yield browser
        finally:
            browser.close()


def find_program():
    """Find the browser to drive; None leaves the choice to playwright."""
    named = os.environ.get("MUSCLECHAIN_BROWSER")
    found = [named] if named else [shutil.which(name) for name in PROGRAMS]
    places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ]
    return next(
        (path for path in [*found, *(place for place in places if os.path.exists(place))] if path),
        None,
    )


def copy_lessons(root, folder):
    """Copy the lessons of the checkout `root` into `folder`, with the data beside them."""
    for name in ("notebooks", "data"):
        if (root / name).is_dir():
            shutil.copytree(
                root / name,
                folder / name,
                ignore=shutil.ignore_patterns(".ipynb_checkpoints", "*.answers.json"),
            )
    return folder


def write_notebook(path, *sources):
    """Write a notebook of code cells for Python and return its path."""
    # Without a kernel's name JupyterLab would ask for one.
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(
        new_notebook(cells=[new_code_cell(source) for source in sources], metadata=metadata), path
    )
    return path


def _write_settings(folder, settings):
    for plugin, values in settings.items():
        package, name = plugin.split(":")
        path = folder / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def _command(folder, port):
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=",
        "--LabApp.extension_manager=readonly",
    ]


def _environment(home):
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {
        **os.environ,
        **{name: str(home / folder) for name, folder in names.items()},
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def _wait_until_up(lab, process, limit_s=90):
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            _ask(f"{lab.url}/api")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{lab.log.read_text(errors='replace')[-3000:]}")


def _ask(url, method="GET"):
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, method=method), timeout=10
        ) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        raise


def _stop(process):
    # The server leads a session of its own, so its kernels are ended with it.
    stop = getattr(os, "killpg", lambda number, _: process.terminate())
    for signal_number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        if process.poll() is None:
            stop(process.pid, signal_number)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                continue
