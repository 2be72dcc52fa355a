// What is shown and how: choices that one seldom needs, folded away under the figures.
import { addButton, addChoice, addNode, createNode, setOptions } from "./dom.js";
import { isSupplied } from "./supply.js";
import { CHOICES, isSide, nameChoice } from "./views.js";
import { ZOOM_STEP } from "./zoom.js";

const SWITCHES = [
  ["labels", "Names"],
  ["latin", "in Latin"],
  ["posture_lines", "Posture lines"],
  ["nerves", "Nerves"],
  ["patterns", "How sure?"],
];
const DEPTHS = [
  [4, "all layers"],
  [3, "without the top layer"],
  [2, "deep"],
  [1, "deepest"],
];

export class Controls {
  constructor(map) {
    this.map = map;
    this.side = map.get("views").find(isSide) || "left";
    this.fold = createNode(map.root.ownerDocument, "details", { class: "mc-view-options" });
    addNode(this.fold, "summary", {}, "View: sides, names, nerves, zoom, compare, save");
    this.top = addNode(this.fold, "div", {
      class: "mc-tools",
      role: "group",
      "aria-label": "What is shown",
    });
    this.offered = ""; // chains or roots to choose from, as last offered
    this.addViews();
    this.addSwitches();
    this.addZoom();
  }

  addViews() {
    const { map, top } = this;
    const names = Object.keys(CHOICES).map((name) => [name, name]);
    this.views = addChoice(top, "Views", names, (name) => {
      map.set({
        views: CHOICES[name].map((view) => (view === "side" ? this.side : view)),
      });
    });
    const sides = ["left", "right"].map((side) => [side, `from the ${side}`]);
    this.sides = addChoice(top, "Side", sides, (side) => {
      this.side = side;
      map.set({
        views: map.get("views").map((view) => (isSide(view) ? side : view)),
      });
    });
  }

  addSwitches() {
    const { map } = this;
    const host = addNode(this.top, "span", { class: "mc-group" });
    const switches = isSupplied(map.picture) ? [...SWITCHES, ["skin", "Skin"]] : SWITCHES;
    this.switches = switches.map(([trait, words]) => {
      const flip = () => map.set({ [trait]: !map.get(trait) });
      return [trait, addButton(host, words, flip, { class: "mc-switch" })];
    });
  }

  addZoom() {
    const { map } = this;
    const look = { class: "mc-group", role: "group", "aria-label": "Zoom" };
    const host = addNode(this.top, "span", look);
    addButton(host, "−", () => map.zoom.zoomBy(1 / ZOOM_STEP), {
      "aria-label": "Zoom out",
    });
    this.zoom = addNode(host, "span", { class: "mc-zoom" }, "100 %");
    addButton(host, "+", () => map.zoom.zoomBy(ZOOM_STEP), {
      "aria-label": "Zoom in",
    });
    const words = { "aria-label": "Show the whole body again" };
    this.whole = addButton(host, "Reset", () => map.zoom.zoomTo(1), words);
  }

  /** Adds the second row, and puts the fold in its place. */
  addBottom(save) {
    const { map } = this;
    map.root.append(this.fold);
    const bottom = addNode(this.fold, "div", {
      class: "mc-tools",
      role: "group",
      "aria-label": "How it is shown",
    });
    this.addLight(bottom);
    this.addCompare(bottom);
    this.depths = addChoice(bottom, "Muscles", DEPTHS, (value) => {
      map.set({ depth: Number(value) });
    });
    const factors = map.picture.exaggerations.map((factor) => [
      factor,
      factor === 1 ? "as computed" : `${factor} times larger`,
    ]);
    this.factors = addChoice(bottom, "Movement drawn", factors, (value) => {
      map.set({ exaggeration: Number(value) });
    });
    addButton(bottom, "Save as SVG", save);
  }

  addLight(host) {
    const { map } = this;
    const ways = [
      ["none", "nothing"],
      ["chain", "its chain"],
      ["roots", "its root family"],
    ];
    this.light = addChoice(host, "Light up", ways, (highlight) => map.set({ highlight }));
    this.lit = addChoice(host, "Which", [], (lit) => map.set({ lit }));
  }

  addCompare(host) {
    const { map } = this;
    const ways = [
      ["off", "off"],
      ["wipe", "wipe"],
      ["beside", "side by side"],
    ];
    this.compare = addChoice(host, "Compare", ways, (compare) => map.set({ compare }));
    this.keep = addButton(host, "Keep this picture", () => map.comparison.toggleKept());
  }

  /** Offers the chains or roots that what is selected has; called whenever a scene is painted. */
  showLit() {
    const { choices, value } = this.map.lit;
    const key = JSON.stringify(choices);
    if (this.offered !== key) {
      this.offered = key;
      this.lit.parentElement.hidden = choices.length < 2;
      setOptions(this.lit, choices);
    }
    this.lit.value = value;
  }

  showSide(isShown) {
    this.sides.parentElement.hidden = !isShown;
  }

  /** Makes all controls show what is. */
  paint() {
    const { map } = this;
    this.paintTop();
    this.light.value = map.get("highlight");
    this.compare.value = map.get("compare");
    this.keep.textContent = map.comparison.hasKept()
      ? "Forget the kept picture"
      : "Keep this picture";
    this.depths.value = map.get("depth");
    this.factors.value = map.get("exaggeration");
  }

  paintTop() {
    const { map } = this;
    const { layout } = map;
    this.views.value = nameChoice(layout.listViews(map.get("views")));
    for (const option of this.views.options) {
      const wanted = CHOICES[option.value];
      const isShut = layout.listViews(wanted).length < wanted.length;
      option.hidden = isShut;
      option.disabled = isShut;
    }
    this.sides.value = this.side;
    for (const [trait, button] of this.switches) {
      button.setAttribute("aria-pressed", map.get(trait));
      if (trait === "latin") button.hidden = !map.get("labels");
    }
    this.zoom.textContent = `${Math.round(100 * map.zoom.times)} %`;
    this.whole.disabled = map.zoom.times === 1;
  }

  /** The side that the views now show, where they show one. */
  followViews() {
    this.side = this.map.get("views").find(isSide) || this.side;
  }
}
