// Names what ipywidgets leaves unnamed in the panel or question around this part: sliders, radio
// buttons and tab pages. For that it walks up from its own element to the panel that encloses it
// (`closest`), looks only within that panel, and touches nothing further out. It also keeps keys
// that are meant for a control of the panel, and says whether the panel has room for controls and
// picture beside each other.

const PANEL = ".mc-lab, .mc-question, .mc-part";
// A part of a panel names what is its own; in some boxes rows of sliders come and go.
const PART = ".mc-part";
const RENEWED = ".mc-renewed";
const WIDE_PX = 800;

/** An id that nothing else on the page has; each panel loads this script anew, so none counts. */
function createId(node) {
  const page = node.ownerDocument.defaultView;
  const numbers = page.crypto.getRandomValues(new Uint32Array(2));
  return `mc-${[...numbers].map((number) => number.toString(36)).join("-")}`;
}

/** What is found in a panel, but not in a part of it. */
function findOwn(panel, what) {
  const nodes = [...panel.querySelectorAll(what)];
  return nodes.filter((node) => [null, panel].includes(node.closest(PART)));
}

function nameSliders(panel) {
  const sliders = findOwn(panel, ".widget-slider");
  return sliders.filter(nameSlider).length;
}

/** Names the handle and the number of a slider after its words; returns whether all is there. */
function nameSlider(slider) {
  const words = slider.querySelector(".widget-label");
  const handle = slider.querySelector("[role=slider]");
  const readout = slider.querySelector(".widget-readout");
  if (!words || !handle) return false;
  handle.setAttribute("aria-label", words.textContent);
  if (readout) {
    readout.setAttribute("role", "textbox");
    readout.setAttribute("aria-label", `${words.textContent}, as a number`);
  }
  return true;
}

function nameRadios(panel) {
  const question = panel.querySelector(".mc-ask");
  const radios = findOwn(panel, ".widget-radio");
  return radios.filter((radio) => nameRadio(radio, question)).length;
}

/**
 * Gives the buttons of one question one name: then they are one stop of the Tab key, and the arrow
 * keys move among them.
 */
function nameRadio(radio, question) {
  const buttons = radio.querySelectorAll("input[type=radio]");
  const box = radio.querySelector(".widget-radio-box") || radio;
  if (!buttons.length) return false;
  const name = buttons[0].name || createId(radio);
  for (const button of buttons) button.name = name;
  box.setAttribute("role", "radiogroup");
  const label = radio.querySelector(":scope > .widget-label");
  const words = [label, question].find((node) => node?.textContent.trim());
  if (words) box.setAttribute("aria-label", words.textContent.trim());
  return true;
}

/**
 * Letters and digits that are pressed on a control, all keys of a drop-down list, and arrow keys
 * among radio buttons stay in the panel: JupyterLab would take them for the cell, and "r" or "d d"
 * would take the panel away. Those with Ctrl, Alt or Command pass, so that the page can still be
 * saved, and so does Shift+Enter.
 */
function keepKeys(event) {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isForList = event.target.matches("select") && !event.shiftKey;
  const isForRadio = event.target.matches("[type=radio]") && event.key.startsWith("Arrow");
  if (isPlain && (event.key.length === 1 || isForList || isForRadio)) event.stopPropagation();
}

/** Ties tabs to their pages: ipywidgets gives its tabs a role, but not the pages that they open. */
function namePages(panel) {
  let named = 0;
  for (const box of findOwn(panel, ".widget-tab")) {
    const tabs = box.querySelectorAll(":scope > .lm-TabBar [role=tab]");
    const pages = box.querySelectorAll(":scope > .widget-tab-contents > *");
    if (tabs.length !== pages.length) continue;
    tabs.forEach((tab, number) => tieTab(tab, pages[number]));
    named += tabs.length;
  }
  return named;
}

function tieTab(tab, page) {
  tab.id ||= createId(tab);
  page.id ||= createId(page);
  page.setAttribute("role", "tabpanel");
  page.setAttribute("aria-labelledby", tab.id);
  tab.setAttribute("aria-controls", page.id);
}

/** Names all that is there; returns whether that is all that there will be. */
function nameParts(panel, model) {
  return (
    nameSliders(panel) >= model.get("sliders") &&
    nameRadios(panel) >= model.get("radios") &&
    namePages(panel) >= model.get("tabs")
  );
}

/** Names what came anew. */
function renameParts(panel) {
  nameSliders(panel);
  nameRadios(panel);
}

function watchParts(panel, renewed) {
  for (const box of panel.querySelectorAll(".widget-radio-box")) {
    renewed.observe(box, { childList: true });
  }
  for (const box of findOwn(panel, RENEWED)) {
    renewed.observe(box, { childList: true, subtree: true });
  }
}

/** Says whether a panel is wide. */
function sayWidth([{ contentRect, target }]) {
  target.classList.toggle("mc-wide", contentRect.width >= WIDE_PX);
}

/** Looks after a panel whose parts are all there, until `signal` ends it. */
function keepPanel(panel, signal) {
  const page = panel.ownerDocument.defaultView;
  // ipywidgets makes the buttons anew when the kernel sets one
  const renewed = new page.MutationObserver(() => renameParts(panel));
  const resized = new page.ResizeObserver(sayWidth);
  panel.addEventListener("keydown", keepKeys, { signal });
  resized.observe(panel);
  watchParts(panel, renewed);
  signal.addEventListener("abort", () => {
    renewed.disconnect();
    resized.disconnect();
  });
}

function render({ model, el }) {
  const page = el.ownerDocument.defaultView;
  const ended = new page.AbortController();
  let request = 0;
  // the views of a panel come one by one, so it looks again until all are there
  const look = () => {
    const panel = el.closest(PANEL);
    if (panel && nameParts(panel, model)) keepPanel(panel, ended.signal);
    else request = page.requestAnimationFrame(look);
  };
  look();
  return () => {
    page.cancelAnimationFrame(request);
    ended.abort();
  };
}

export default { render };
