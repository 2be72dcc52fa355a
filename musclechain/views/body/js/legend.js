// The legend: what colours, marks and patterns mean; and its colours once more in one row beside
// the sentence, since the legend itself may lie below the edge of a small screen.
import { addNode } from "./dom.js";
import { isSupplied } from "./supply.js";

const SETTLED = "s"; // has no pattern, so no row
const PALER = "-";

export class Legend {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.root, "ul", {
      class: "mc-legend",
      "aria-label": "Legend: change of tension against resting",
    });
    this.strip = addNode(map.stepRow.telling, "div", { class: "mc-scale", "aria-hidden": "true" });
  }

  paint() {
    const { map } = this;
    this.node.replaceChildren();
    if (isSupplied(map.picture)) {
      this.paintSupply();
      return;
    }
    this.paintStrip();
    for (const { word, range, mark, colour } of map.get("legend")) {
      this.addRow(word, range, "", mark).swatch.style.background = colour;
    }
    this.addRow("overloaded", "works at its full strength", "mc-over", "!");
    this.paintDotted();
    for (const { letter, word, meaning } of map.picture.certainty) {
      if (letter === SETTLED) continue;
      this.addRow(word, meaning, `mc-${word}`).item.dataset.letter = letter;
    }
    this.addRow("paler", "its direction is not settled", "mc-paler").item.dataset.letter = PALER;
  }

  /** What is no force and not computed has its row only where it is drawn. */
  paintDotted() {
    const { word, meaning } = this.map.picture.look.referred;
    if (this.map.get("referred").length) this.addRow(word, meaning, "mc-dotted", "\u2237");
  }

  /** How far published maps agree on the skin. */
  paintSupply() {
    this.node.setAttribute("aria-label", "Legend: skin and nerves");
    for (const { level, word, meaning } of this.map.picture.agreements) {
      this.addRow(word, meaning, `mc-agree mc-agree-${level}`);
    }
  }

  /** The colours from less to more. */
  paintStrip() {
    const rows = this.map.get("legend");
    this.strip.replaceChildren();
    addNode(this.strip, "span", {}, "less");
    for (const { range, mark, colour } of rows) {
      const swatch = addNode(this.strip, "span", { class: "mc-swatch", title: range }, mark);
      swatch.style.background = colour;
    }
    addNode(this.strip, "span", {}, "more");
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
    this.strip.hidden = isVeiled || isSupplied(this.map.picture);
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
