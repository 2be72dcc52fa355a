// Names the sliders of the panel around it. The views of a panel come one by one, so it looks again until all are there.

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

function render({ model, el }) {
  let waiting = 0;
  const look = () => {
    const panel = el.closest(".mc-lab");
    waiting = panel && nameSliders(panel) >= model.get("sliders") ? 0 : requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(waiting);
}

export default { render };
