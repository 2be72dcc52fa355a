// The row that leads through the stages of a story, and what each says.
import { addButton, addChoice, addNode, setText } from "./dom.js";
import { SPEEDS } from "./playback.js";
import { sayStep } from "./wording.js";

/** What is told of a stage: while it plays the first sentence, which can be read in its time. */
export function findSaid(sentence, isRunning) {
  return isRunning ? sentence.split(/(?<=\.) /)[0] : sentence;
}

function findLongest(words) {
  return words.reduce((long, word) => (word.length > long.length ? word : long), "");
}

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
    this.speed = addChoice(this.node, "Speed", SPEEDS, (speed) => this.setSpeed(Number(speed)));
    this.speed.value = 1;
    map.ladder.addMagnifier(this.node);
    this.line = addNode(map.root, "p", { class: "mc-step-line" });
    this.room = addNode(this.line, "span", { class: "mc-step-room" });
    this.name = addNode(this.room, "span", { class: "mc-step-name" });
    this.rescaled = addNode(this.line, "span", { class: "mc-rescaled" });
    this.factor = addNode(this.line, "span", { class: "mc-factor" });
    this.telling = addNode(map.root, "div", { class: "mc-telling" });
    this.story = addNode(this.telling, "p", { class: "mc-story" });
    this.sentence = addNode(this.story, "span");
  }

  /** What each stage says while it plays. */
  listSaid() {
    const { map } = this;
    return map.steps.map((_, step) => findSaid(map.get("story")[step]?.sentence ?? "", true));
  }

  /** Keeps the room of the longest title and of the longest sentence, so that nothing moves while
   * the story plays. */
  keepRoom(count) {
    const titles = this.map.get("story").map(({ title }, step) => sayStep(step, count, title));
    this.room.dataset.longest = findLongest(titles);
    this.story.dataset.longest = findLongest(this.listSaid());
  }

  /** A speed holds from the next stage on. */
  setSpeed(speed) {
    const { playback } = this.map;
    playback.speed = speed;
    if (!playback.isRunning) return;
    playback.stop();
    playback.start();
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
    const isVeiled = map.get("veiled");
    node.style.visibility = count < 2 || isVeiled ? "hidden" : "";
    this.line.style.visibility = isVeiled ? "hidden" : "";
    const stage = map.get("story")[step] ?? { title: "", sentence: "" };
    slider.max = Math.max(count - 1, 0);
    slider.value = step;
    setText(this.name, sayStep(step, count, stage.title));
    this.keepRoom(count);
    slider.setAttribute("aria-valuetext", this.name.textContent);
    setText(this.play, isRunning ? "Pause" : "Play");
    setText(this.sentence, isVeiled ? "" : findSaid(stage.sentence, isRunning));
    this.story.hidden = !this.sentence.textContent;
  }

  /** What is spoken of the step; nothing of the last one, which is the result. */
  sayUnlessLast() {
    const { map } = this;
    return map.playback.isAtEnd ? "" : `${this.name.textContent}. ${this.sentence.textContent}`;
  }
}
