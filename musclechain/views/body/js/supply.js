// Patches of skin and roots: what of them is lit up with the root, nerve, muscle or patch that was
// picked. What hangs together is worked out in Python and comes as the trait `supply`; how far
// published maps agree on a patch is drawn by colour, pattern and edge together.
import { getAttributes } from "./styles.js";

/** Whether a picture has patches and roots at all. */
export function isSupplied(picture) {
  return Object.keys(picture.supply ?? {}).length > 0;
}

function isRoot({ figure, supply }) {
  return figure.picture.supply[supply].kind === "root";
}

/** Roots come with the nerves; patches where skin is shown, and else only what is lit. */
export function isSupplyHidden(group, { nerves, skin, supply }) {
  if (isRoot(group)) return !nerves;
  return !skin && supply.skin?.[group.supply] === undefined;
}

/** Whether a group can be chosen: with the skin shown, patches stand before muscles and nerves. */
export function isPickable(group, isSkin) {
  return group.supply !== null ? isSkin || isRoot(group) : !isSkin;
}

export function paintSupply(group, setting) {
  const key = isRoot(group)
    ? String(Boolean(setting.supply.roots?.includes(group.supply)))
    : `${setting.supply.skin?.[group.supply]}/${setting.skin}`;
  if (group.markKey === key) return;
  group.markKey = key;
  if (isRoot(group)) paintRoot(group, key === "true");
  else paintPatch(group, setting);
}

function paintRoot({ figure, paths }, isLit) {
  const { root, lit_root: lit } = figure.picture.look.supply;
  style(paths[0].node, isLit ? lit : root);
}

function paintPatch(group, { supply, skin }) {
  const { open, levels } = group.figure.picture.look.supply;
  const level = supply.skin?.[group.supply];
  const look = level === undefined ? open : levels[level];
  const [area, cover] = group.paths;
  style(area.node, { ...look, "stroke-dasharray": look["stroke-dasharray"] ?? [] });
  const pattern = level === undefined ? "" : look.pattern;
  const fill = pattern ? `url(#${group.figure.id}${pattern})` : "none";
  cover.node.setAttribute("fill", fill);
  // what is only lit lets the pointer through to what lies under it
  group.node.setAttribute("pointer-events", skin ? "auto" : "none");
}

function style(node, look) {
  for (const [name, value] of Object.entries(getAttributes(look))) {
    if (name === "pattern") continue;
    const words = Array.isArray(value) ? value.join(" ") : value;
    if (words === "") node.removeAttribute(name);
    else node.setAttribute(name, words);
  }
}

/** What is lit with what was picked, as findLit in lit.js answers. */
export function findSupplied({ structures, words }) {
  return { set: new Set(structures), words, choices: [], value: "" };
}

/** The levels of a muscle in a few words; none for fascia and the like. */
export function sayLevels({ roots }) {
  return roots.length ? roots.map((root) => root.split("_")[0]).join(", ") : "no motor root";
}

/** Of a tendon, ligament or fascia that was selected: no nerve lights anything up with it. */
export function sayUnreached({ name, plain }) {
  return `Selected: ${name} (${plain}) – no nerve of the model reaches it.`;
}
