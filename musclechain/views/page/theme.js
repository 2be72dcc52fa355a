// Tells the kernel that a reader has come to this place of the page, and whether the page is dark,
// now and later. Shows nothing.

// The page may be JupyterLab or another one, and the element may lie in a shadow root: what all of
// them hand down is the colour that a page paints behind its cells.
const PROBE = {
  position: "absolute",
  top: "0",
  left: "0",
  width: "1px",
  height: "1px",
  visibility: "hidden",
  "pointer-events": "none",
  "background-color": "var(--jp-layout-color0, #ffffff)",
  // so short that nobody sees it; its end tells that the colour has changed
  transition: "background-color 1ms",
};
const DARK_BELOW = 0.5;
// How pages say that their theme changes: on an element around. The colours may come later.
const SIGNS = ["class", "data-jp-theme-light", "data-jp-theme-name", "data-theme"];
const LATER_MS = [150, 1000];

/**
 * Calls `tell` with whether the page is dark around an element, now and whenever that changes;
 * returns how to stop.
 */
export function watchTheme(host, tell) {
  const page = host.ownerDocument.defaultView;
  const probe = addProbe(host);
  const look = () => {
    if (probe.isConnected) tell(isDark(page.getComputedStyle(probe).backgroundColor));
  };
  for (const name of ["transitionend", "transitioncancel"]) probe.addEventListener(name, look);
  // a probe that was not shown had no transition
  const shown = new page.ResizeObserver(look);
  shown.observe(probe);
  look();
  const stop = watchAround(host, page, look);
  return () => {
    stop();
    shown.disconnect();
    probe.remove();
  };
}

/** Looks a while after a sign of another theme: what lies off the screen has no transition. */
function watchAround(host, page, look) {
  let timers = [];
  const stopTimers = () => timers.forEach((timer) => page.clearTimeout(timer));
  const signs = new page.MutationObserver(() => {
    stopTimers();
    timers = LATER_MS.map((ms) => page.setTimeout(look, ms));
  });
  // a shadow root has no parent, but a host
  for (let node = host.parentNode; node; node = node.parentNode ?? node.host) {
    if (node.getAttribute) signs.observe(node, { attributes: true, attributeFilter: SIGNS });
  }
  return () => {
    stopTimers();
    signs.disconnect();
  };
}

function addProbe(host) {
  const probe = host.ownerDocument.createElement("span");
  probe.setAttribute("aria-hidden", "true");
  // important, so that no style sheet of the page and no rule for less motion takes it away
  for (const [name, value] of Object.entries(PROBE)) {
    probe.style.setProperty(name, value, "important");
  }
  host.append(probe);
  return probe;
}

/** Whether a computed colour, such as "rgb(17, 17, 17)", is dark; a clear one is that of paper. */
export function isDark(colour) {
  const [red, green, blue, alpha = 1] = readColour(colour);
  return alpha > 0 && 0.2126 * red + 0.7152 * green + 0.0722 * blue < DARK_BELOW;
}

/** Red, green, blue and perhaps opacity, 0 to 1; white for a colour that is written otherwise. */
function readColour(colour) {
  const [, kind, text] = colour.match(/^(rgba?|color)\((?:srgb )?(.+)\)$/) ?? [];
  const numbers = (text ?? "").split(/[\s,/]+/).map(parseFloat);
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return [1, 1, 1];
  return numbers.map((value, k) => (kind !== "color" && k < 3 ? value / 255 : value));
}

function render({ model, el }) {
  return watchTheme(el, (dark) => {
    if (model.get("dark") === dark && model.get("ready")) return;
    model.set("dark", dark);
    model.set("ready", true);
    model.save_changes();
  });
}

export default { render };
