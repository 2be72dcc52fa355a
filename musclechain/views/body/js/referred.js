// Dots where clinicians describe the pain of a sore muscle. They lie on the body, are carried by
// its bones, and are nothing that is computed.
import { addNode } from "./dom.js";
import { placeAnchor } from "./geometry.js";
import { getFixedAttributes } from "./styles.js";

/** Paints the dots of one figure; where neither they nor the posture have changed they stay. */
export function paintReferred(figure, spots, isVeiled) {
  const { referred, layers, picture, plane, view } = figure;
  const isShown = Boolean(layers.now) && !isVeiled && spots.length > 0;
  const key = isShown ? [spots, layers.now.stamp] : [];
  if (key.every((value, k) => value === figure.dotted[k]) && key.length === figure.dotted.length) {
    return;
  }
  figure.dotted = key;
  referred.replaceChildren();
  if (!isShown) return;
  const { dot, radius_mm: r } = picture.look.referred;
  const look = getFixedAttributes(dot);
  for (const spot of spots.filter((one) => one.view === view)) {
    for (const place of spot.dots) {
      const [cx, cy] = placeAnchor(place, layers.now.moves, plane).map((mm) => mm.toFixed(1));
      addNode(referred, "svg:circle", { cx, cy, r, ...look });
    }
  }
}
