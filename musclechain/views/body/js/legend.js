// The legend: what colours, marks and patterns mean.
import { addNode } from "./dom.js";

const SETTLED = "s"; // has no pattern, so no row
const PALER = "-";

export class Legend {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.root, "ul", {
      class: "mc-legend",
      "aria-label": "Legend: change of tension against resting",
    });
  }

  paint() {
    const { map } = this;
    this.node.replaceChildren();
    for (const { word, range, mark, colour } of map.get("legend")) {
      this.addRow(word, range, "", mark).swatch.style.background = colour;
    }
    this.addRow("overloaded", "works at its full strength", "mc-over", "!");
    for (const { letter, word, meaning } of map.picture.certainty) {
      if (letter === SETTLED) continue;
      this.addRow(word, meaning, `mc-${word}`).item.dataset.letter = letter;
    }
    this.addRow("paler", "its direction is not settled", "mc-paler").item.dataset.letter = PALER;
  }

  addRow(word, range, kind, mark = "") {
    const item = addNode(this.node, "li");
    const look = { "aria-hidden": "true", class: `mc-swatch ${kind}` };
    const swatch = addNode(item, "span", look, mark);
    addNode(item, "span", {}, word);
    addNode(item, "small", {}, range);
    return { item, swatch };
  }

  /** Shows the rows of those patterns that the scene has. */
  showLetters(scene) {
    const isVeiled = this.map.get("veiled");
    const patterns = this.map.get("patterns");
    const isShown = (letter) =>
      letter === PALER
        ? !patterns && /[ld]/.test(scene.certainty)
        : patterns && scene.certainty.includes(letter);
    for (const item of this.node.children) {
      const { letter } = item.dataset;
      if (letter) item.hidden = isVeiled || !isShown(letter);
    }
  }

  listRows() {
    return [...this.node.children].filter((item) => !item.hidden);
  }
}
