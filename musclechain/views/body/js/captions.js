// The sentences under the figures, and the one region that a screen reader speaks.
import { addNode, setText } from "./dom.js";
import { isOtherScale } from "./drawn_scale.js";
import { areSameMoves } from "./scenes.js";
import { isSupplied, sayUnreached } from "./supply.js";
import { sayFactor, sayKeptScale, sayNerve, sayRescaled, sayStructure } from "./wording.js";

const SETTLED_MS = 600;
const COVERED = "Predict first, then uncover.";

export class Captions {
  constructor(map) {
    const { root } = map;
    this.map = map;
    this.against = addNode(root, "p", { class: "mc-against" });
    this.caption = addNode(root, "p", { class: "mc-caption" });
    this.certainty = addNode(root, "p", { class: "mc-sure-note" });
    this.factor = map.stepRow.factor;
    this.rescaled = map.stepRow.rescaled;
    this.detail = addNode(root, "p", { class: "mc-detail" });
    this.trace = addNode(root, "p", { class: "mc-trace" });
    this.lit = addNode(root, "p", { class: "mc-lit" });
    this.announcer = new Announcer(map);
  }

  paint(scene) {
    const { map } = this;
    const isVeiled = map.get("veiled");
    setText(this.caption, isVeiled ? COVERED : map.get("caption"));
    setText(this.certainty, isVeiled ? "" : map.get("certainty_note"));
    const isEnd = isVeiled || map.playback.isAtEnd;
    this.hideEnd(isEnd);
    setText(this.against, this.sayAgainst());
    setText(this.factor, this.sayPosture(scene));
    setText(this.detail, this.saySelected(scene));
    setText(this.trace, isVeiled ? "" : (map.get("trace").words ?? ""));
    setText(this.lit, map.lit.words);
    this.announcer.tell({
      marks: isVeiled && map.get("most_marks") ? map.coverWords.textContent : "",
      caption: isEnd ? this.caption.textContent : "",
      // what is still being computed is not read out
      certainty: isEnd && map.get("certainty") ? this.certainty.textContent : "",
      detail: `${this.detail.textContent} ${this.trace.textContent}`.trim(),
      lit: this.lit.textContent,
      step: map.stepRow.sayUnlessLast(),
    });
  }

  /** What is true of the whole result keeps its room and is told once the story has come to it. */
  hideEnd(isShown) {
    for (const node of [this.caption, this.certainty]) {
      node.style.visibility = isShown ? "" : "hidden";
    }
  }

  sayAgainst() {
    return this.map.get("veiled") ? "" : this.map.get("against_words");
  }

  sayPosture(scene) {
    const { map } = this;
    const choice = map.findExaggeration();
    const isStill = areSameMoves(scene.moves[choice], map.rest.moves[0]);
    setText(this.rescaled, "");
    if (map.get("veiled") || isStill) return "";
    const drawn = scene.factors[choice];
    const { comparison, drawnScale } = map;
    if (comparison.isOn() && comparison.hasKept()) {
      const kept = comparison.reference.factors[choice];
      if (isOtherScale(drawn, kept)) return sayKeptScale(drawn, kept);
    } else {
      const before = drawnScale.findBefore(scene.version)[choice];
      if (isOtherScale(drawn, before)) setText(this.rescaled, sayRescaled(drawn, before));
    }
    return sayFactor(drawn, map.get("exaggeration"));
  }

  saySelected(scene) {
    const { map } = this;
    const structure = map.findSelected();
    if (isSupplied(map.picture)) return this.sayBesidePicked(structure);
    const nerve = map.picture.nerves[map.selection.nerve];
    if (structure >= 0) return sayStructure(map.picture, scene, structure, map.get("veiled"));
    return nerve ? sayNerve(nerve) : "";
  }

  /** What was picked is said with what is lit; what no nerve reaches is selected beside it. */
  sayBesidePicked(structure) {
    const shown = this.map.picture.structures[structure];
    return !shown || shown.id === this.map.get("picked") ? "" : sayUnreached(shown);
  }

  /** The sentences that belong to a saved picture beside its caption. */
  listNotes() {
    return [this.against, this.certainty, this.factor, this.lit]
      .map((node) => node.textContent)
      .filter(Boolean);
  }
}

/** Speaks what is new, once the picture has come to rest. */
class Announcer {
  constructor(map) {
    this.page = map.page;
    this.node = addNode(map.root, "div", {
      class: "mc-live",
      role: "status",
      "aria-live": "polite",
      "aria-atomic": "true",
    });
    this.wanted = {};
    this.spoken = {};
    this.timer = 0;
  }

  tell(parts) {
    const names = Object.keys(parts);
    if (names.every((name) => parts[name] === this.wanted[name])) return;
    this.wanted = parts;
    this.stop();
    this.timer = this.page.setTimeout(() => this.speak(), SETTLED_MS);
  }

  speak() {
    const news = Object.entries(this.wanted).filter(
      ([name, words]) => words && words !== this.spoken[name],
    );
    this.spoken = this.wanted;
    if (news.length) this.node.textContent = news.map(([, words]) => words).join(" ");
  }

  stop() {
    this.page.clearTimeout(this.timer);
  }
}
