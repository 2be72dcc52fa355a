// The row that leads through the steps of a spread.
import { addButton, addNode } from "./dom.js";
import { sayStep } from "./wording.js";

export class StepRow {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.root, "div", {
      class: "mc-steps",
      role: "group",
      "aria-label": "Steps of the spread",
      hidden: "",
    });
    addButton(this.node, "◀", () => this.move(-1), {
      "aria-label": "Previous step",
    });
    this.play = addButton(this.node, "Play", () => this.toggle(), {
      class: "mc-play",
    });
    addButton(this.node, "▶", () => this.move(1), {
      "aria-label": "Next step",
    });
    this.slider = this.addSlider();
    this.name = addNode(this.node, "span", { class: "mc-step-name" });
  }

  addSlider() {
    const look = {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": "Step of the spread",
    };
    const slider = addNode(this.node, "input", look);
    slider.addEventListener("input", () => {
      this.map.playback.stop();
      this.map.playback.goTo(Number(slider.value));
    });
    return slider;
  }

  move(steps) {
    const { playback } = this.map;
    playback.stop();
    playback.goTo(playback.step + steps);
  }

  toggle() {
    const { playback } = this.map;
    if (playback.isRunning) playback.stop();
    else playback.start();
    this.paint();
  }

  paint() {
    const { map, node, slider } = this;
    const { step, isRunning } = map.playback;
    const count = map.steps.length;
    // once there have been steps their row keeps its place, so that nothing below it jumps while a
    // control is dragged
    node.hidden = node.hidden && count < 2;
    node.style.visibility = count < 2 || map.get("veiled") ? "hidden" : "";
    slider.max = Math.max(count - 1, 0);
    slider.value = step;
    this.name.textContent = sayStep(step, count, map.get("step_labels")[step] || "");
    slider.setAttribute("aria-valuetext", this.name.textContent);
    this.play.textContent = isRunning ? "Pause" : "Play";
  }

  /** What is spoken of the step; nothing of the last one, which is the result. */
  sayUnlessLast() {
    const { map } = this;
    return map.playback.step < map.steps.length - 1 ? this.name.textContent : "";
  }
}
