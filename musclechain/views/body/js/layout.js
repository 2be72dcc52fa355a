// Lays the figures out: which are shown, how large, and which part of each.
import { makeFigure, setBox, setUnit } from "./figure.js";
import { findReach } from "./geometry.js";
import { LADDER_PX } from "./ladder.js";
import { isSupplied } from "./supply.js";
import {
  GAP_PX,
  findMargin,
  findScale,
  growFrame,
  hasRoomBeside,
  isSide,
  listViews,
} from "./views.js";
import { findBox } from "./zoom.js";

const NARROW_PX = 115; // of a figure under which what is said of its levels takes two lines each
const PAPER_PX = 680; // the width of an upright sheet
const DEFAULT_PX = 700; // before the page has been laid out

export class Layout {
  constructor(map) {
    this.map = map;
    this.figures = {};
    this.keys = []; // of the figures that are shown, from left to right
    this.margin = 0;
    this.last = "";
    this.shownWidth = 0; // of the map on the page, as last measured
  }

  get width() {
    return this.map.isPrinting ? PAPER_PX : this.shownWidth || DEFAULT_PX;
  }

  /**
   * Measures the map; returns whether it is in sight. To be asked where the page stands laid out:
   * while it is being changed, the browser would lay all of it out for the answer.
   */
  measure() {
    const { clientWidth } = this.map.root;
    this.shownWidth = clientWidth || this.shownWidth;
    return clientWidth > 0;
  }

  listFigures() {
    return this.keys.map((key) => this.figures[key]);
  }

  /** Forgets what stands, so that the next painting lays it out again. */
  forget() {
    this.last = "";
  }

  layOut() {
    this.chooseFigures();
    this.growFrames();
    const { map } = this;
    const homes = this.listFigures().map((figure) => figure.home);
    const room = this.findRoom();
    const hasLabels = map.get("labels");
    const needs = { hasLabels, isTold: !isSupplied(map.picture) };
    const scale = findScale(homes, room, map.page.innerHeight, needs);
    this.margin = hasLabels ? findMargin(homes, room, scale) : 0;
    const { zoom, isPrinting } = map;
    const compare = map.get("compare");
    const plan = [this.keys, this.margin, scale, compare, isPrinting, homes, zoom.times, zoom.at];
    const key = JSON.stringify(plan);
    if (key === this.last) return;
    this.last = key;
    this.place(scale);
  }

  /** The width that is left for the figures. */
  findRoom() {
    const isBeside = this.map.ladder.isShown && hasRoomBeside(this.width);
    this.map.stage.classList.toggle("mc-stacked", !isBeside);
    return this.width - (isBeside ? LADDER_PX + GAP_PX : 0);
  }

  chooseFigures() {
    const { comparison } = this.map;
    const views = this.listViews(this.map.get("views"));
    this.keys = views.flatMap((view) => [
      ...(comparison.is("beside") ? [this.findKey(view, "reference")] : []),
      this.findKey(view, "now"),
    ]);
    for (const [key, { node }] of Object.entries(this.figures)) {
      const column = this.keys.indexOf(key);
      node.hidden = column < 0;
      if (column >= 0) node.style.order = column;
    }
  }

  /** Those of some views that there is room for. */
  listViews(views) {
    return listViews(views, this.width, {
      isBeside: this.map.comparison.is("beside"),
      hasLabels: this.map.get("labels"),
      room: this.findRoom(),
    });
  }

  /** The key of a figure, which is made when it is first asked for. */
  findKey(view, which) {
    const key = `${view}-${which}`;
    if (!this.figures[key]) {
      this.figures[key] = makeFigure(this.map, view, which);
      if (which === "now") this.map.comparison.addHandle(this.figures[key]);
    }
    return key;
  }

  growFrames() {
    const { map } = this;
    const choice = map.findExaggeration();
    const scenes = map.get("veiled") ? [] : map.listScenes();
    for (const figure of this.listFigures()) {
      const reaches = scenes.map((scene) => this.findReachOf(figure, scene, choice));
      figure.home = growFrame(map.picture.views[figure.view].frame, reaches);
    }
  }

  /** How far a scene reaches in a view; kept with the scene. */
  findReachOf({ view, skins, plane }, scene, choice) {
    if (!skins.length) return [0, 0];
    const key = `${view}${choice}`;
    scene.reach ||= {};
    scene.reach[key] ||= findReach(this.map.vertices, skins, scene.moves[choice], plane);
    return scene.reach[key];
  }

  place(scale) {
    const { map } = this;
    map.root.classList.toggle("mc-zoomed", map.zoom.times > 1 && !map.isPrinting);
    for (const figure of this.listFigures()) this.placeFigure(figure, scale);
    map.comparison.placeWipe();
    map.controls.showSide(this.keys.some((key) => isSide(key.split("-")[0])));
    map.controls.paint();
  }

  placeFigure(figure, scale) {
    const { map } = this;
    const times = map.isPrinting ? 1 : map.zoom.times;
    const width = `${(figure.home[2] * scale).toFixed(2)}px`;
    figure.frame.style.width = width;
    figure.frame.style.margin = `0 ${this.margin}px`;
    figure.levels.style.width = width;
    figure.node.classList.toggle("mc-narrow", figure.home[2] * scale < NARROW_PX);
    figure.levels.style.margin = "0 auto";
    setBox(figure, findBox(figure.home, { times, at: map.zoom.at }, figure.plane));
    setUnit(figure, 1 / (scale * times));
    this.writeTitle(figure);
  }

  writeTitle(figure) {
    const { comparison, picture } = this.map;
    const { name } = picture.views[figure.view];
    const [then, now] = comparison.sayPair();
    const isKept = !figure.layers.now;
    if (comparison.is("wipe")) figure.title.textContent = `${name}: ${then} | ${now}`;
    else if (comparison.is("beside")) {
      figure.title.textContent = `${name}, ${isKept ? then : now}`;
    } else figure.title.textContent = name;
    const kept = isKept ? `, ${then}` : "";
    figure.svg.setAttribute("aria-label", `Body, ${name.toLowerCase()}${kept}`);
  }
}
