// Comparing the present picture with the healthy body, or with one that was kept: side by side, or
// with a line that wipes from one to the other.
import { addNode, setAttributes } from "./dom.js";
import { cutFigure, hideNode } from "./figure.js";
import { makeLayer } from "./layer.js";
import { clamp, copyBytes } from "./numbers.js";
import { readScene } from "./scenes.js";

const STEPS = {
  ArrowLeft: -0.05,
  ArrowDown: -0.05,
  ArrowRight: 0.05,
  ArrowUp: 0.05,
  PageDown: -0.2,
  PageUp: 0.2,
  Home: -1,
  End: 1,
};

export class Comparison {
  constructor(map) {
    this.map = map;
    this.reference = null;
    this.share = 0.5; // of the picture that the wipe gives to what is compared with
  }

  /** Whether pictures are compared in a way: "wipe" or "beside". */
  is(way) {
    return !this.map.get("veiled") && this.map.get("compare") === way;
  }

  isOn() {
    return this.is("wipe") || this.is("beside");
  }

  hasKept() {
    return Boolean(this.map.get("reference").byteLength);
  }

  sayPair() {
    return this.hasKept() ? ["kept", "now"] : ["before", "after"];
  }

  read() {
    const { map } = this;
    const buffer = copyBytes(map.get("reference"));
    if (buffer.byteLength) {
      const certainty = map.get("reference_certainty");
      this.reference = { ...readScene(buffer, 0, map.picture), certainty };
      return;
    }
    // compared with the healthy body, what a structure bore before is known
    const { before } = map.base;
    this.reference = {
      ...map.before,
      before,
      change: before.map((value) => 0 * value),
    };
  }

  /** Keeps the present picture, or forgets the one that was kept. */
  toggleKept() {
    const { map } = this;
    if (this.hasKept()) {
      map.set({
        reference: new DataView(new ArrayBuffer(0)),
        reference_certainty: "",
      });
      return;
    }
    const compare = map.get("compare");
    map.set({
      reference: this.packShown(),
      reference_certainty: map.shown.certainty,
      compare: compare === "off" ? "beside" : compare,
    });
  }

  packShown() {
    const { map } = this;
    const isStep = map.steps.length > 0;
    const bytes = copyBytes(map.get(isStep ? "steps" : "state"));
    const size = map.base.length * 4;
    const first = isStep ? map.playback.step * size : 0;
    return new DataView(bytes.slice(first, first + size));
  }

  /** The layer of a figure that shows what is compared with, where it is seen; a wipe makes it. */
  findLayer(figure) {
    const { layers } = figure;
    const isSeen = this.is("wipe") || (this.is("beside") && !layers.now);
    if (!isSeen) return null;
    return layers.reference ?? makeLayer(figure, "reference");
  }

  /** Hides the layer that no wipe uncovers, and does not cut the other one any more. */
  showLayers({ layers }) {
    if (!layers.now || !layers.reference) return;
    const isWiped = this.is("wipe");
    hideNode(layers.reference.root, !isWiped);
    if (!isWiped) layers.now.root.removeAttribute("clip-path");
  }

  addHandle(figure) {
    const handle = addNode(figure.frame, "div", {
      class: "mc-wipe",
      hidden: "",
    });
    figure.handle = handle;
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = figure.frame.getBoundingClientRect();
      this.wipeTo((event.clientX - box.left) / box.width);
    });
    handle.addEventListener("keydown", (event) => this.answerKey(event));
  }

  answerKey(event) {
    const step = STEPS[event.key];
    if (step === undefined) return;
    this.wipeTo(this.share + step);
    event.preventDefault();
    event.stopPropagation();
  }

  wipeTo(share) {
    this.share = clamp(share, 0, 1);
    this.placeWipe();
  }

  placeWipe() {
    const isOn = this.is("wipe");
    this.map.listFigures().forEach((figure, column) => {
      if (!figure.handle) return;
      figure.handle.hidden = !isOn;
      if (!isOn) return;
      if (figure.layers.reference) cutFigure(figure, this.share);
      figure.handle.style.left = `${100 * this.share}%`;
      // one slider moves the line in every view
      setAttributes(figure.handle, column ? { "aria-hidden": "true" } : this.describeSlider());
    });
  }

  describeSlider() {
    const [then, now] = this.sayPair();
    const percent = Math.round(100 * this.share);
    return {
      role: "slider",
      tabindex: 0,
      "aria-label": `How much of the picture shows ${then}`,
      "aria-orientation": "horizontal",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": percent,
      "aria-valuetext": `${percent} % ${then}, the rest ${now}`,
    };
  }
}
