// Names the sliders and the tab pages of the panel around it. The views of a panel come one by one, so it looks again until all are there.

let pages = 0;

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

// ipywidgets gives its tabs a role, but not the pages that they open.
function namePages(panel) {
  let named = 0;
  for (const box of panel.querySelectorAll(".widget-tab")) {
    const tabs = box.querySelectorAll(":scope > .lm-TabBar [role=tab]"), contents = box.querySelectorAll(":scope > .widget-tab-contents > *");
    if (tabs.length !== contents.length) continue;
    tabs.forEach((tab, number) => {
      const page = contents[number];
      tab.id ||= `mc-tab-${++pages}`;
      page.id ||= `mc-page-${++pages}`;
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
    const panel = el.closest(".mc-lab");
    const done = panel && nameSliders(panel) >= model.get("sliders") && namePages(panel) >= model.get("tabs");
    waiting = done ? 0 : requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(waiting);
}

export default { render };
