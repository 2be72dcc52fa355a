"""Body maps on a page of their own, without JupyterLab: the script, the styles, and a model that
stands in for the kernel."""

import base64
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import musclechain as mc
from tests.browser.lab_server import Watch

BODY = Path(mc.__file__).parent / "views" / "body"
# Traits of every widget that have nothing to do with the map.
FOREIGN = {"comm", "layout", "tabbable", "tooltip"}

# A model as the script knows it: get, set, save_changes, on, off. Each map loads the script anew,
# as in JupyterLab, and lies in a shadow root if asked for.
OPEN_MAPS = """async ({script, css, states, shadow}) => {
  class Model {
    constructor(state) { this.state = state; this.heard = []; this.saved = 0; }
    get(name) { return this.state[name]; }
    set(name, value) {
      if (this.state[name] === value) return;
      this.state[name] = value;
      for (const [event, answer] of [...this.heard]) if (event === `change:${name}`) answer();
    }
    save_changes() { this.saved++; }
    on(event, answer) { this.heard.push([event, answer]); }
    off(event, answer) {
      this.heard = this.heard.filter(([name, other]) => name !== event || other !== answer);
    }
  }
  const readBytes = text => new DataView(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const open = async (state, number) => {
    for (const [name, value] of Object.entries(state))
      if (value && value.bytes !== undefined) state[name] = readBytes(value.bytes);
    const place = document.createElement('section');
    place.id = `place${number}`;
    document.querySelector('main').append(place);
    const root = shadow ? place.attachShadow({mode: 'open'}) : place;
    const style = document.createElement('style'), el = document.createElement('div');
    style.textContent = css;
    root.append(style, el);
    const file = new Blob([script], {type: 'text/javascript'});
    const widget = (await import(URL.createObjectURL(file))).default;
    const model = new Model(state);
    const close = await widget.render({model, el});
    root.querySelector('.mc-view-options').open = true;
    return {model, root, close};
  };
  window.maps = [];
  for (const [number, state] of states.entries()) window.maps.push(await open(state, number));
}"""


def read_state(picture: mc.BodyMap) -> dict[str, Any]:
    """Read what a body map sends to the browser, with bytes as base64."""
    names = [
        name
        for name in picture.trait_names(sync=True)
        if not name.startswith("_") and name not in FOREIGN
    ]
    values = {name: getattr(picture, name) for name in names}
    return {
        name: {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in values.items()
    }


@contextmanager
def open_maps(browser: Any, pictures: Sequence[mc.BodyMap], shadow: bool = False, **options: Any):
    """Open body maps below each other on one page.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    pictures : sequence of BodyMap
    shadow : bool
        Each in a shadow root.
    **options
        Of `Browser.new_context`.

    Yields
    ------
    page : playwright.sync_api.Page
        ``window.maps`` holds model, root and close of each map.
    watch : Watch
    """
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 1100}, **options})
    page, watch = context.new_page(), Watch()
    page.set_default_timeout(60_000)
    watch.attach(page)
    page.set_content("<!doctype html><title>Body maps</title><main></main>")
    page.evaluate(
        OPEN_MAPS,
        {
            "script": (BODY / "bodymap.bundle.js").read_text(encoding="utf-8"),
            "css": (BODY / "bodymap.css").read_text(encoding="utf-8"),
            "states": [read_state(picture) for picture in pictures],
            "shadow": shadow,
        },
    )
    yield page, watch
    context.close()
