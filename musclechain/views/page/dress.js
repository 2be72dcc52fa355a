// Names the sliders, radio buttons and tab pages of the panel or question around it. The views of a panel come one by one, so it looks again until all are there.

let count = 0;

// Each panel loads this script anew, so a count alone would give the same id twice on one page.
const own = `mc-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`, newId = () => `${own}-${++count}`;

function nameSliders(panel) {
  let named = 0;
  for (const slider of panel.querySelectorAll(".widget-slider")) {
    const words = slider.querySelector(".widget-label"), handle = slider.querySelector("[role=slider]"), readout = slider.querySelector(".widget-readout");
    if (!words || !handle) continue;
    handle.setAttribute("aria-label", words.textContent);
    if (readout) {
      readout.setAttribute("role", "textbox");
      readout.setAttribute("aria-label", `${words.textContent}, as a number`);
    }
    named++;
  }
  return named;
}

// The buttons of one question get one name: then they are one stop of the Tab key, and the arrow keys move among them.
function nameRadios(panel) {
  let named = 0;
  for (const radio of panel.querySelectorAll(".widget-radio")) {
    const buttons = radio.querySelectorAll("input[type=radio]"), box = radio.querySelector(".widget-radio-box") || radio;
    const words = [radio.querySelector(":scope > .widget-label"), panel.querySelector(".mc-ask")].find((one) => one && one.textContent.trim());
    if (!buttons.length) continue;
    const name = buttons[0].name || newId();
    if (!buttons[0].name) box.onkeydown = (event) => { if (event.key.startsWith("Arrow")) event.stopPropagation(); }; // JupyterLab would take the key for the cell
    buttons.forEach((button) => { button.name = name; });
    box.setAttribute("role", "radiogroup");
    if (words) box.setAttribute("aria-label", words.textContent.trim());
    named++;
  }
  return named;
}

// ipywidgets gives its tabs a role, but not the pages that they open.
function namePages(panel) {
  let named = 0;
  for (const box of panel.querySelectorAll(".widget-tab")) {
    const tabs = box.querySelectorAll(":scope > .lm-TabBar [role=tab]"), contents = box.querySelectorAll(":scope > .widget-tab-contents > *");
    if (tabs.length !== contents.length) continue;
    tabs.forEach((tab, number) => {
      const page = contents[number];
      tab.id ||= newId();
      page.id ||= newId();
      page.setAttribute("role", "tabpanel");
      page.setAttribute("aria-labelledby", tab.id);
      tab.setAttribute("aria-controls", page.id);
      named++;
    });
  }
  return named;
}

function render({ model, el }) {
  let waiting = 0;
  const look = () => {
    const panel = el.closest(".mc-lab, .mc-question");
    const done = panel && nameSliders(panel) >= model.get("sliders") && nameRadios(panel) >= model.get("radios") && namePages(panel) >= model.get("tabs");
    waiting = done ? 0 : requestAnimationFrame(look);
    // ipywidgets makes the buttons anew when the kernel sets one
    if (done) for (const box of panel.querySelectorAll(".widget-radio-box")) made.observe(box, { childList: true });
  };
  const made = new MutationObserver(() => nameRadios(el.closest(".mc-lab, .mc-question") || el));
  look();
  return () => { cancelAnimationFrame(waiting); made.disconnect(); };
}

export default { render };
