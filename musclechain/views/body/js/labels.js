// Names in the margins of the stage, each with a line to its structure.
import { addNode } from "./dom.js";
import { placeAnchor } from "./geometry.js";
import { pushApart, rankStructures, rankTally, wrapName } from "./label_layout.js";
import { getAttributes, getScaledAttributes } from "./styles.js";

const FONT_PX = 11.5;
const LINE_PX = FONT_PX + 2;
const LETTER_PX = 0.54 * FONT_PX;
const LEAST_LETTERS = 6;
const EDGE_PX = 22; // free above and below the names
const ASIDE_PX = 8; // between a name and the figures
const TEXT_PX = 14; // of a margin that no name fills

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
    const frames = map.listFigures().map(({ frame }) => frame);
    const last = frames[frames.length - 1];
    const edges = [frames[0].offsetLeft, last.offsetLeft + last.offsetWidth];
    this.draw(this.listItems(edges, wide / 2), edges, tall);
  }

  /** Lists what is named, where it is seen. */
  listItems(edges, middle) {
    const { map } = this;
    const chosen = map.findSelected();
    return this.listNames(chosen).flatMap(({ structure, name }) => {
      const spot = this.findSpot(structure, edges, middle);
      return spot ? [{ ...spot, name, isBold: structure === chosen }] : [];
    });
  }

  /** What many marked, with how many did; else the chosen structure and what changed most. */
  listNames(chosen) {
    const { map } = this;
    const { picture } = map;
    const { most } = picture.look.labels;
    const tally = map.get("tally");
    if (Object.keys(tally).length) {
      const ids = picture.structures.map(({ id }) => id);
      return rankTally(tally, ids, most).map(({ structure, count }) => ({
        structure,
        name: `${count}× ${picture.structures[structure].name}`,
      }));
    }
    const changes = map.get("veiled") ? [] : Array.from(map.shown.change);
    const ranked = rankStructures(changes, map.get("span_n"), chosen, picture.mild, most);
    return ranked.map((structure) => ({ structure, name: picture.structures[structure].name }));
  }

  /** The place of a structure in the view in which it lies nearest to its margin. */
  findSpot(structure, edges, middle) {
    const spots = this.map.listFigures().flatMap((figure) => placeStructure(figure, structure));
    let best = null;
    let least = Infinity;
    for (const [x, y] of spots) {
      const isRight = x > middle;
      const way = isRight ? edges[1] - x : x - edges[0];
      if (way < least) [best, least] = [{ x, y, isRight }, way];
    }
    return best;
  }

  draw(items, edges, tall) {
    this.node.replaceChildren();
    const room = this.map.layout.margin - TEXT_PX;
    const most = Math.max(Math.floor(room / LETTER_PX), LEAST_LETTERS);
    for (const isRight of [false, true]) {
      const edge = isRight ? edges[1] + ASIDE_PX : edges[0] - ASIDE_PX;
      const labels = items
        .filter((item) => item.isRight === isRight)
        .map((item) => ({ ...item, lines: wrapName(item.name, most) }))
        .map((label) => ({ ...label, tall: label.lines.length * LINE_PX }));
      for (const label of pushApart(labels, EDGE_PX, tall - EDGE_PX)) this.drawLabel(label, edge);
    }
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

/** The pixels of a structure on the stage, in a list; an empty one where a figure hides it. */
function placeStructure({ frame, box, unit, layers, plane }, structure) {
  const group = layers.now?.groups.find(
    (candidate) => candidate.structure === structure && !candidate.hidden,
  );
  if (!group) return [];
  const [u, v] = placeAnchor(group.anchor, layers.now.moves, plane);
  const [left, top, wide, tall] = box;
  if (u < left || u > left + wide || v < top || v > top + tall) return [];
  return [[frame.offsetLeft + (u - left) / unit, frame.offsetTop + (v - top) / unit]];
}
