// The note beside the pointer: name, plain name, tension, how sure.
import { addNode } from "./dom.js";
import { clamp } from "./numbers.js";
import { isSupplied, sayLevels } from "./supply.js";
import { sayRoots, sayTension } from "./wording.js";

const ASIDE_PX = 14;
const ABOVE_PX = 12;
const EDGE_PX = 4;

export class Tip {
  constructor(map) {
    this.map = map;
    this.node = addNode(map.root, "div", {
      class: "mc-tip",
      role: "tooltip",
      hidden: "",
    });
  }

  hide() {
    this.node.hidden = true;
  }

  /** Shows what a group is at a point of the window. */
  show(group, x, y) {
    this.node.replaceChildren();
    const [name, ...rest] = this.listLines(group);
    addNode(this.node, "strong", {}, name);
    for (const line of rest) addNode(this.node, "span", {}, line);
    this.node.hidden = false;
    this.place(x, y);
  }

  listLines(group) {
    const { picture } = this.map;
    if (group.supply !== null) return this.listOfSupply(picture.supply[group.supply]);
    const isNerve = group.nerve !== null;
    const shown = isNerve ? picture.nerves[group.nerve] : picture.structures[group.structure];
    const isKept = group.layer.which === "reference";
    const name = isKept ? `${shown.name} (${this.map.comparison.sayPair()[0]})` : shown.name;
    const words = isNerve ? [sayRoots(shown)] : this.listTension(group.structure, isKept);
    return [name, ...(shown.plain ? [shown.plain] : []), ...words];
  }

  listOfSupply({ name, plain, kind }) {
    return kind === "root" ? [name, plain] : [`Skin: ${plain}`, name];
  }

  listTension(structure, isKept) {
    const { map } = this;
    if (isSupplied(map.picture)) return [sayLevels(map.picture.structures[structure])];
    if (map.get("veiled")) return ["covered until you uncover the result"];
    const scene = isKept ? map.comparison.reference : map.shown;
    return [sayTension(map.picture, scene, structure)];
  }

  place(x, y) {
    const { node } = this;
    const box = this.map.root.getBoundingClientRect();
    const most = Math.max(box.width - node.offsetWidth - EDGE_PX, 0);
    node.style.left = `${clamp(x - box.left + ASIDE_PX, 0, most)}px`;
    node.style.top = `${Math.max(y - box.top - node.offsetHeight - ABOVE_PX, 0)}px`;
  }
}
