// Hover, click and keys on the figures.
import { ZOOM_STEP } from "./zoom.js";

const WAYS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export function listenToPointer(map) {
  const { stage, selection, tip } = map;
  stage.addEventListener("pointermove", (event) => {
    const group = map.gestures.isDragging ? null : findGroup(event);
    selection.hover(group);
    if (group) tip.show(group, event.clientX, event.clientY);
    else tip.hide();
  });
  stage.addEventListener("pointerleave", () => {
    selection.hover(null);
    tip.hide();
  });
  stage.addEventListener("click", (event) => {
    const group = findGroup(event);
    if (!group || map.gestures.isDragging) return;
    selection.focusOn(group);
    selection.choose(group);
    tip.show(group, event.clientX, event.clientY); // a finger has no hover
  });
}

export function listenToKeys(map) {
  const { stage, tip } = map;
  stage.addEventListener("focusin", (event) => {
    const group = findGroup(event);
    if (!group) return;
    map.paintHalo();
    const box = group.node.getBoundingClientRect();
    if (group.node.matches(":focus-visible")) tip.show(group, box.right, box.top + box.height / 2);
  });
  stage.addEventListener("focusout", () => {
    tip.hide();
    map.page.requestAnimationFrame(() => map.paintHalo());
  });
  stage.addEventListener("keydown", (event) => {
    const group = findGroup(event);
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!answerKey(map, group, event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would take the key for the cell
  });
}

function findGroup(event) {
  return event.target.closest(".mc-structure, .mc-nerve, .mc-supply, .mc-kept")?.mcGroup ?? null;
}

/** Answers a key on a group; returns whether it is one that the map knows. */
function answerKey(map, group, key) {
  const { selection } = map;
  if (WAYS[key]) {
    const neighbour = selection.findNeighbour(WAYS[key]);
    if (neighbour) selection.focusOn(neighbour);
  } else if (key === "Enter" || key === " ") selection.choose(group);
  else if (key === "Escape") {
    map.tip.hide();
    selection.clear();
  } else if (key === "+" || key === "=") map.zoom.zoomBy(ZOOM_STEP);
  else if (key === "-") map.zoom.zoomBy(1 / ZOOM_STEP);
  else if (key === "0") map.zoom.zoomTo(1);
  else return false;
  return true;
}
