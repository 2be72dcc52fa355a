// Names in the margins of each figure, each with a line to what it names.
import { addNode } from "./dom.js";
import { placeAnchor } from "./geometry.js";
import { placeNames, rankTally } from "./label_layout.js";
import { getAttributes, getScaledAttributes } from "./styles.js";

const FONT_PX = 11.5;
const LINE_PX = FONT_PX + 2;
const LETTER_PX = 0.54 * FONT_PX;
const LEAST_LETTERS = 6;
const GAP_PX = 2;
const ASIDE_PX = 8; // between a name and the figure
const TEXT_PX = 14; // of a margin that no name fills
const CHOSEN_WEIGHT = 1000; // what is chosen is named before all others

export class Labels {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.stage, "svg:svg", {
      class: "mc-labels",
      "aria-hidden": "true",
    });
  }

  get isShown() {
    return this.map.get("labels");
  }

  paint() {
    const { map, node } = this;
    node.style.display = this.isShown ? "" : "none";
    if (!this.isShown) return;
    const { offsetWidth: wide, offsetHeight: tall } = map.stage;
    node.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    node.replaceChildren();
    for (const figure of map.listFigures()) if (figure.layers.now) this.paintFigure(figure);
  }

  paintFigure(figure) {
    const {
      offsetLeft: left,
      offsetTop: top,
      offsetWidth: wide,
      offsetHeight: tall,
    } = figure.frame;
    const letters = Math.floor((this.map.layout.margin - TEXT_PX) / LETTER_PX);
    const labels = placeNames(this.listItems(figure), {
      edges: [left - ASIDE_PX, left + wide + ASIDE_PX],
      top,
      bottom: top + tall,
      line: LINE_PX,
      letters: Math.max(letters, LEAST_LETTERS),
      gap: GAP_PX,
    });
    for (const label of labels) {
      this.drawLabel(label, label.isRight ? left + wide + ASIDE_PX : left - ASIDE_PX);
    }
  }

  /** What is named in a figure: a muscle and its twin have one name. */
  listItems(figure) {
    const items = new Map();
    const counts = this.countMarks();
    const chosen = this.map.findSelected();
    for (const group of figure.layers.now.groups) {
      const isAsked = counts ? counts.has(group.structure) : group.structure === chosen;
      const spot = isNamed(group, isAsked, counts, this.map.get("depth")) && placeGroup(group);
      if (!spot) continue;
      const { id, base } = this.map.picture.structures[group.structure];
      const key = counts ? id : base;
      const name = this.findName(group.structure, counts);
      const item = items.get(key) ?? { name, spots: [], weight: 0, isBold: false };
      item.spots.push(spot);
      item.weight = Math.max(item.weight, isAsked ? CHOSEN_WEIGHT : group.sight.width);
      item.isBold ||= group.structure === chosen;
      items.set(key, item);
    }
    return [...items.values()];
  }

  /** How many marked each structure, those that most did; nothing where no marks are counted. */
  countMarks() {
    const tally = this.map.get("tally");
    if (!Object.keys(tally).length) return null;
    const { structures, look } = this.map.picture;
    const ids = structures.map(({ id }) => id);
    const ranked = rankTally(tally, ids, look.labels.most);
    return new Map(ranked.map(({ structure, count }) => [structure, count]));
  }

  /** Marks are counted for each side, so there a name has its side. */
  findName(structure, counts) {
    const { name, latin, plain } = this.map.picture.structures[structure];
    if (counts) return `${counts.get(structure)}× ${name}`;
    return (!this.map.get("latin") && plain) || latin;
  }

  drawLabel(label, edge) {
    const { labels: look } = this.map.picture.look;
    const start = edge + (label.isRight ? -3 : 3);
    const d = `M${start} ${label.at + label.tall / 2}L${label.x} ${label.y}`;
    for (const style of [look.casing, look.line]) {
      addNode(this.node, "svg:path", { d, ...getAttributes(style) });
    }
    const r = look.spot_radius;
    const spot = { cx: label.x, cy: label.y, r };
    addNode(this.node, "svg:circle", {
      ...spot,
      ...getScaledAttributes(look.spot, r),
    });
    label.lines.forEach((line, k) => {
      const text = {
        x: edge,
        y: label.at + (k + 0.82) * LINE_PX,
        "text-anchor": label.isRight ? "start" : "end",
        "font-size": FONT_PX,
        fill: "currentColor",
        ...(label.isBold ? { "font-weight": "bold" } : {}),
      };
      addNode(this.node, "svg:text", text, line);
    });
  }
}

/** Whether a group is named: what is in sight, or only what was marked; what is chosen always. */
function isNamed({ structure, hidden, sight }, isAsked, counts, depth) {
  if (structure === null || hidden) return false;
  return isAsked || (!counts && sight !== null && sight.depth >= depth);
}

/** The pixels of a group on the stage; nothing where its figure does not show that part. */
function placeGroup({ figure, layer, sight, anchor }) {
  const { frame, box, unit, plane } = figure;
  const [left, top, wide, tall] = box;
  for (const place of sight?.anchors ?? [anchor]) {
    const [u, v] = placeAnchor(place, layer.moves, plane);
    if (u > left && u < left + wide && v > top && v < top + tall) {
      return [frame.offsetLeft + (u - left) / unit, frame.offsetTop + (v - top) / unit];
    }
  }
  return null;
}
