// The ladder beside the body: for each part of it, at its height, by how much the muscles of the
// left and of the right carry more and less, by route, on a linear scale.
import { Redrawn, addButton, addNode, setAttributes, setText } from "./dom.js";
import { stackLabels } from "./label_layout.js";
import { sayNewtons } from "./wording.js";

export const LADDER_PX = 214;
export const ROUTES = ["posture", "pull", "guarding"]; // in the order of the numbers
const MAGNIFIERS = [1, 10, 100];
const SIDES = ["left", "right"];
const HALF_PX = 68;
const TIP_PX = 5; // of a bar that is longer than drawn
const LANE_PX = 11;
const GAP_PX = 4; // between two rungs
const NAME_PX = 14; // of a rung, above its bars
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
const LEAST_N = 0.05;
const LEAST_TALL = 300;

/** Reads the numbers: rungs[place][side][route] is [more, less], N. */
export function readRungs(numbers) {
  let at = 0;
  const rungs = [];
  while (at < numbers.length) {
    rungs.push(SIDES.map(() => ROUTES.map(() => [numbers[at++], numbers[at++]])));
  }
  return rungs;
}

/** The newtons of a full bar: a round number that no bar exceeds. */
export function findSpan(rungs) {
  const sums = rungs.flatMap((rung) =>
    rung.flatMap((side) => [0, 1].map((way) => side.reduce((sum, route) => sum + route[way], 0))),
  );
  const most = Math.max(10, ...sums);
  const power = 10 ** Math.floor(Math.log10(most));
  return ROUND.map((times) => times * power).find((span) => span >= most - 1e-9);
}

/**
 * How much of each rung's route has been told, 0 to 1, as told[place name][route]. A stage tells of
 * its own place and route; the last one of all.
 */
export function findTold(stages, at, reveal) {
  if (!stages.length || at >= stages.length - 1) return () => 1;
  const told = new Map();
  stages.slice(0, at + 1).forEach(({ route, place }, k) => {
    if (route && place) told.set(`${route}/${place}`, k === at ? reveal : 1);
  });
  return (route, place) => told.get(`${route}/${place}`) ?? 0;
}

/** The numbers of a stage that brings its own, blended out of those of the stage before. */
export function mixNumbers(stages, at, reveal) {
  const { ladder } = stages[at];
  const before = stages[at - 1]?.ladder;
  if (!before || reveal >= 1) return ladder;
  return ladder.map((value, k) => before[k] + reveal * (value - before[k]));
}

/** A sum with its sign, without the unit. */
export function saySum(sum) {
  const size = sayNewtons(sum).replace(" N", "");
  if (Math.abs(sum) < LEAST_N) return "0";
  return `${sum < 0 ? "−" : "+"}${size}`;
}

/**
 * The bars of one side of a rung, from the middle outward: {route, way, from, to, isCut} in pixels.
 * A row that goes on beyond what is drawn is cut: its routes then keep their shares of what is.
 */
export function listBars(side, place, told, pxPerN) {
  return [0, 1].flatMap((way) => {
    const sizes = ROUTES.map((route, k) => side[k][way] * told(route, place) * pxPerN);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    const isLong = whole > HALF_PX + 0.5;
    let from = 0;
    const bars = ROUTES.map((route, k) => {
      const start = from;
      from += isLong ? (sizes[k] / whole) * HALF_PX : sizes[k];
      return { route, way, from: start, to: Math.min(from, HALF_PX), isCut: false };
    }).filter(({ from: start, to }) => to - start > 0.3);
    if (isLong && bars.length) bars[bars.length - 1].isCut = true;
    return bars;
  });
}

/** Where rungs stand, pixels: at the heights of the body as far as they leave each other room. */
export function placeRungs(wishes, top, bottom) {
  const rungs = wishes.map((y) => ({ y, tall: NAME_PX + 2 * LANE_PX - 4 }));
  // from the ground up, also where two parts lie at one height
  for (let k = 1; k < rungs.length; k++) rungs[k].y = Math.min(rungs[k].y, rungs[k - 1].y - 1);
  const stacked = stackLabels(rungs.reverse(), { top, bottom, gap: GAP_PX });
  return stacked.reverse().map(({ at }) => at + NAME_PX + LANE_PX - 2);
}

export class Ladder {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.stage, "div", { class: "mc-ladder" });
    addNode(this.node, "div", { class: "mc-view-name" }, "Ladder: left and right");
    this.svg = addNode(this.node, "svg:svg", { role: "img", width: LADDER_PX });
    this.axis = addNode(this.svg, "svg:line", { class: "mc-ladder-axis" });
    // kind by kind, so that each finds one of its kind to be drawn again; words first, since the
    // light rim of a word would gnaw at a bar that lies under it
    const addKind = () => new Redrawn(addNode(this.svg, "svg:g"));
    this.drawn = { words: addKind(), bars: addKind(), tips: addKind() };
    this.scale = addNode(this.node, "div", { class: "mc-ladder-scale" });
    this.addLegend();
    this.key = "";
    this.most = 0;
  }

  /** Adds to a row how long the bars are drawn. */
  addMagnifier(row) {
    const look = { class: "mc-group", role: "group", "aria-label": "Bars of the ladder" };
    const host = addNode(row, "span", look);
    addNode(host, "span", { class: "mc-magnifier-name" }, "Bars");
    this.buttons = MAGNIFIERS.map((times) =>
      addButton(host, `×${times}`, () => this.map.set({ magnifier: times }), {
        class: "mc-switch",
        "aria-label": `Bars ${times} times as long`,
      }),
    );
  }

  addLegend() {
    const list = addNode(this.node, "div", { class: "mc-ladder-legend" });
    this.swatches = {};
    for (const route of ROUTES) {
      const entry = addNode(list, "span");
      this.swatches[route] = addNode(entry, "i");
      entry.append(route);
    }
    const less = addNode(list, "span");
    addNode(less, "i", { class: "mc-hollow" });
    less.append("less");
  }

  get isShown() {
    return this.map.get("ladder").length > 0 && this.map.picture.places.length > 0;
  }

  /** Paints it beside the figure `first`, whose heights it shares. */
  paint({ stages, at, reveal, isVeiled }, first) {
    this.node.hidden = !this.isShown;
    this.node.style.visibility = isVeiled ? "hidden" : "";
    if (!this.isShown || !first) return;
    const isOwn = Boolean(stages[at]?.ladder);
    const numbers = isOwn ? mixNumbers(stages, at, reveal) : this.map.get("ladder");
    const times = this.map.get("magnifier");
    for (const route of ROUTES) this.swatches[route].style.background = this.colours[route];
    const key = [
      this.map.get("dark"),
      first.box,
      first.unit,
      times,
      at,
      reveal.toFixed(3),
      stages.length,
      numbers,
    ];
    if (this.key === JSON.stringify(key)) return;
    this.key = JSON.stringify(key);
    const rungs = readRungs(numbers);
    const span = this.measure(rungs, isVeiled) / times;
    const told = isOwn ? () => 1 : findTold(stages, at, reveal);
    const isCut = this.drawRungs(rungs, told, span, first);
    const longest = Number(span.toPrecision(2));
    // in one row, or what stands under it would jump
    setText(this.scale, `Longest bar: ${longest} N. ${isCut ? "Tip: cut short." : "Rounded."}`);
    this.buttons.forEach((button, k) =>
      button.setAttribute("aria-pressed", MAGNIFIERS[k] === times),
    );
  }

  /** Bars that were long stay the measure, so that what is shown one after the other compares. */
  measure(rungs, isVeiled) {
    const most = Math.max(this.most, findSpan(rungs));
    this.most = isVeiled ? 0 : most;
    return most;
  }

  /** The colours of the routes, which are lighter on a dark page. */
  get colours() {
    const { dark_routes: dark, routes } = this.map.picture;
    return this.map.get("dark") ? dark : routes;
  }

  /** Draws all rungs, and tells whether a bar is longer than drawn. */
  drawRungs(rungs, told, span, { box, unit }) {
    const { svg, map } = this;
    const tall = Math.max(box[3] / unit, LEAST_TALL);
    this.size(tall);
    for (const kind of Object.values(this.drawn)) kind.begin();
    const middle = LADDER_PX / 2;
    SIDES.forEach((side, k) => {
      const x = k ? LADDER_PX - 4 : 4;
      this.write(x, tall - 4, side, k ? "end" : "start");
    });
    const { places } = map.picture;
    const wishes = places.map(({ height }) => (-height - box[1]) / unit);
    const heights = placeRungs(wishes, 0, tall - 20);
    const said = places.map(({ name }, k) => {
      const y = heights[k];
      this.write(middle, y - LANE_PX - 3, name, "middle");
      const words = SIDES.map((side, s) => this.drawSide(rungs[k][s], name, told, span, y, s));
      return `${name}: ${words.join(", ")}`;
    });
    svg.setAttribute("aria-label", `Muscles added up. ${said.join(". ")}.`);
    for (const kind of Object.values(this.drawn)) kind.end();
    return this.drawn.tips.count > 0;
  }

  size(tall) {
    if (this.tall === tall) return;
    this.tall = tall;
    const middle = LADDER_PX / 2;
    const height = tall.toFixed(0);
    setAttributes(this.svg, { viewBox: `0 0 ${LADDER_PX} ${height}`, height });
    setAttributes(this.axis, { x1: middle, x2: middle, y1: 4, y2: tall - 18 });
  }

  /** Draws one side of a rung, each bar with its number, and says it. */
  drawSide(side, place, told, span, y, s) {
    const ends = this.drawBars(listBars(side, place, told, HALF_PX / span), y, s);
    const sums = [0, 1].map((way) =>
      ROUTES.reduce((sum, route, k) => sum + side[k][way] * told(route, place), 0),
    );
    const words = [];
    sums.forEach((size, way) => {
      if (size < LEAST_N) return;
      const x = LADDER_PX / 2 + (s ? 1 : -1) * (ends[way] + 3);
      const number = saySum(way ? -size : size);
      this.write(x, y - 2 + way * LANE_PX, number, s ? "start" : "end", "mc-ladder-sum");
      words.push(`${sayNewtons(size)} ${way ? "less" : "more"}`);
    });
    return `${SIDES[s]} ${words.join(" and ") || "no change"}`;
  }

  /** Draws bars from the middle to a side, and tells where those for more and for less end. */
  drawBars(bars, y, s) {
    const ends = [0, 0];
    const sign = s ? 1 : -1;
    const tall = LANE_PX - 1;
    for (const { route, way, from, to, isCut } of bars) {
      const colour = this.colours[route];
      const look = { stroke: colour, ...(way ? { class: "mc-ladder-less" } : { fill: colour }) };
      const top = y - LANE_PX + way * LANE_PX;
      const places = [from, to].map((px) => LADDER_PX / 2 + sign * px);
      const x = Math.min(...places).toFixed(1);
      const width = (to - from).toFixed(1);
      this.drawn.bars.add("svg:rect", { x, y: top.toFixed(1), width, height: tall, ...look });
      ends[way] = to + (isCut ? TIP_PX : 0);
      if (!isCut) continue;
      const tip = [places[1] + sign * TIP_PX, top + tall / 2];
      const points = [[places[1], top], tip, [places[1], top + tall]];
      this.drawn.tips.add("svg:polygon", { points: points.join(" "), ...look });
    }
    return ends;
  }

  write(x, y, words, anchor, name = "") {
    const place = { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor };
    this.drawn.words.add("svg:text", { ...place, class: name, fill: "currentColor" }, words);
  }
}
