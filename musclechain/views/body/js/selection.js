// What is pointed at, has the focus, or is chosen. The chosen structure is a trait of the model,
// the chosen nerve stays in the browser.
import { placeAnchor } from "./geometry.js";
import { isSupplied } from "./supply.js";

const VIEW_MM = 700; // apart, for the arrow keys: the pictures lie side by side
const ASIDE = 2.5; // how much further away something counts that lies to the side

export class Selection {
  constructor(map) {
    this.map = map;
    this.hovered = null;
    this.tabStop = null; // the one group that the Tab key stops at
    this.nerve = "";
  }

  /** The group that has the focus now, or null; a shadow root keeps the focus to itself. */
  findFocused() {
    const { activeElement } = this.map.root.getRootNode();
    return this.tabStop && activeElement === this.tabStop.node ? this.tabStop : null;
  }

  /** Chooses a group, or lets it go where it was chosen. */
  choose(group) {
    const { map } = this;
    if (isSupplied(map.picture) && !this.isMarking) {
      this.pick(group);
      return;
    }
    if (group.nerve !== null) {
      this.nerve = this.nerve === group.nerve ? "" : group.nerve;
      this.dropStructure();
      return;
    }
    const { id } = map.picture.structures[group.structure];
    if (this.isMarking) {
      this.mark(id);
      return;
    }
    this.nerve = "";
    map.set({ selected: id === map.get("selected") ? "" : id });
  }

  /** Picks what the kernel lights up the rest with; what no nerve reaches is only selected. */
  pick({ structure, nerve, supply }) {
    const { map } = this;
    const shown = map.picture.structures[structure];
    const isReached = !shown || shown.muscle;
    const id = supply ?? nerve ?? shown.id;
    const now = map.get(isReached ? "picked" : "selected") === id ? "" : id;
    if (isReached) map.set({ picked: now, selected: shown ? now : "" });
    else map.set({ selected: now });
  }

  /** Whether a choice marks what one predicts: while the map is covered, where marks are asked. */
  get isMarking() {
    return this.map.get("veiled") && this.map.get("most_marks") > 0;
  }

  /** Marks a structure, or takes its mark away; of too many the oldest goes. */
  mark(id) {
    const { map } = this;
    const marked = map.get("marked");
    const rest = marked.filter((other) => other !== id);
    const all = rest.length < marked.length ? rest : [...rest, id];
    map.set({ marked: all.slice(-map.get("most_marks")) });
  }

  clear() {
    this.nerve = "";
    if (this.map.get("picked")) this.map.set({ picked: "" });
    this.dropStructure();
  }

  dropStructure() {
    if (this.map.get("selected")) this.map.set({ selected: "" });
    else this.map.repaint();
  }

  /** The nerve to draw strongly: the chosen one, or that of the chosen muscle. */
  findNerve() {
    const { nerves } = this.map.picture;
    const structure = this.map.findSelected();
    if (isSupplied(this.map.picture)) return "";
    if (this.nerve || structure < 0) return this.nerve;
    return Object.keys(nerves).find((id) => nerves[id].supplies.includes(structure)) || "";
  }

  hover(group) {
    if (this.hovered === group) return;
    this.hovered = group;
    this.map.paintHalo();
  }

  /** Makes sure that the Tab key stops at a group that is shown. */
  keepTabStop() {
    const isShown =
      this.tabStop && !this.tabStop.hidden && this.map.isShown(this.tabStop.figure.view);
    if (isShown) return;
    const shown = this.map.listGroups().filter((group) => !group.hidden);
    if (shown.length) this.moveTabStop(shown[shown.length - 1]);
  }

  moveTabStop(group) {
    this.tabStop?.node.setAttribute("tabindex", -1);
    this.tabStop = group;
    group.node.setAttribute("tabindex", 0);
  }

  focusOn(group) {
    if (group.layer.which !== "now") return;
    this.moveTabStop(group);
    group.node.focus({ preventScroll: false });
  }

  /** The nearest group in a direction, [1, 0] for the right. */
  findNeighbour(way) {
    const groups = this.map.listGroups().filter((group) => group !== this.tabStop && !group.hidden);
    const spots = groups.map((group) => this.place(group));
    return groups[findNearest(this.place(this.tabStop), spots, way)] ?? null;
  }

  place({ anchor, layer, figure }) {
    const [x, y] = placeAnchor(anchor, layer.moves, figure.plane);
    return [x - figure.home[0] + VIEW_MM * this.map.findColumn(figure.view), y];
  }
}

/** The number of the spot that is nearest in a direction; -1 where none lies there. */
export function findNearest([x, y], spots, [dx, dy]) {
  let nearest = -1;
  let least = Infinity;
  spots.forEach(([u, v], number) => {
    const along = (u - x) * dx + (v - y) * dy;
    const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
    const cost = along + ASIDE * aside;
    if (along > 1 && cost < least) {
      nearest = number;
      least = cost;
    }
  });
  return nearest;
}
