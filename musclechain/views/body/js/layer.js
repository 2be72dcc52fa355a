// A layer is the whole body in one state: now, or what it is compared with. It holds groups (a
// structure, a nerve, a patch of skin, a root, a bone, the skin), each drawn by a few paths.
import { addNode } from "./dom.js";

export const REACH_MM = 13;
// an invisible line that a pointer meets more easily than the nerve itself
const NERVE_REACH = {
  fill: "none",
  stroke: "#000",
  "stroke-opacity": 0,
  "stroke-width": REACH_MM,
  "pointer-events": "stroke",
};
const UNPATTERNED = { fill: "none", "pointer-events": "none" };
// the pointer meets what lies under these
const UNTOUCHED = ["light", "fibres", "ridge", "furrow", "cleft", "fade"];

export function makeLayer(figure, which) {
  const { picture, svg } = figure;
  const root = addNode(svg, "svg:g", {
    class: "mc-layer",
    ...(which === "now" ? {} : { "aria-hidden": "true" }),
  });
  figure.aids.before(root);
  const layer = {
    figure,
    which,
    root,
    groups: [],
    moves: null, // of the bones, as last painted
    drawn: null, // of the bones, when their outlines were last written
    stamp: 0,
    stamps: new Int32Array(picture.bones),
  };
  for (const entry of picture.views[figure.view].groups) {
    layer.groups.push(makeGroup(layer, entry));
  }
  figure.layers[which] = layer;
  return layer;
}

function makeGroup(layer, entry) {
  const { figure, root, which } = layer;
  const { picture } = figure;
  const ids = readIds(entry);
  const node = addNode(root, "svg:g", describeGroup(picture, ids, which));
  const paths = entry.parts.flatMap((number) => addPaths(node, picture, picture.parts[number]));
  if (entry.behind) node.setAttribute("opacity", picture.look.opacity.behind);
  const group = {
    layer,
    figure,
    node,
    paths,
    ...ids,
    anchor: entry.anchor,
    sight: entry.sight ?? null, // where its name points, and from which depth downward
    depth: entry.layer || 0,
    owner: paths[0].part.owner,
    main: paths.find((path) => path.isFilled) || paths[0],
    outer: paths[0],
    opacity: entry.behind ? picture.look.opacity.behind : 1,
    bones: [...new Set(paths.flatMap((path) => path.part.bones))],
    marks: [],
    markKey: "",
    stamp: -1,
  };
  node.mcGroup = group;
  return group;
}

/** Which thing a group shows, if any; `supply` is the id of a patch of skin or of a root. */
function readIds({ structure = null, nerve = null, supply = null }) {
  return { structure, nerve, supply };
}

/** What a group is on the page: a button, a thing to point at, or a mere drawing. */
function describeGroup(picture, { structure, nerve, supply }, which) {
  if (structure === null && nerve === null && supply === null) {
    return { "pointer-events": "none", "aria-hidden": "true" };
  }
  if (which !== "now") return { class: "mc-kept" };
  const shown = picture.supply?.[supply] ?? picture.nerves[nerve] ?? picture.structures[structure];
  const { name } = shown;
  const kind = supply !== null ? "supply" : nerve !== null ? "nerve" : "structure";
  return {
    class: `mc-${kind}`,
    role: "button",
    tabindex: -1,
    "aria-label": name,
  };
}

export function isOfNerve({ role }) {
  return role.startsWith("nerve_");
}

function addPaths(node, { look }, part) {
  const styles = isOfNerve(part)
    ? [NERVE_REACH, look.nerves.edge, look.nerves.core]
    : part.role === "patch"
      ? [look.supply.open, UNPATTERNED]
      : part.role === "root"
        ? [look.roles.root, { ...NERVE_REACH, "stroke-width": 6 }]
        : [look.roles[part.role]];
  const isFine = look.fine.includes(part.role);
  return styles.map((style) => ({
    part,
    d: "",
    node: addNode(node, "svg:path", {
      ...style,
      ...(UNTOUCHED.includes(part.role) ? { "pointer-events": "none" } : {}),
      ...(isFine ? { class: "mc-fine" } : {}),
    }),
    isFilled: look.filled.includes(part.role),
    isFine,
  }));
}
