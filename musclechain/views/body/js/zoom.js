// Arithmetic of zoom and pan. All views show the same height and the same place of the body: a zoom
// is {times, at}, how many times larger, and the point of the body (mm) in the middle.
import { toPicture } from "./figure.js";
import { clamp } from "./numbers.js";

export const MOST_ZOOM = 8;
export const ZOOM_STEP = 1.25; // of a click or a key
const NO_ZOOM = 1.02; // what is less than this is no zoom

export function limitTimes(times) {
  const held = clamp(times, 1, MOST_ZOOM);
  return held < NO_ZOOM ? 1 : held;
}

/** Limits the height of the middle, so that the picture does not leave its frame. */
export function limitHeight(height, times, [, top, , tall]) {
  const half = tall / times / 2;
  return clamp(height, -(top + tall) + half, -top - half);
}

/** The part of its frame that a view shows: [left, top, width, height], mm. */
export function findBox(frame, { times, at }, { axis, sign }) {
  if (times === 1) return frame;
  const [left, top, wide, tall] = frame;
  const width = wide / times;
  const height = tall / times;
  return [
    clamp(sign * at[axis] - width / 2, left, left + wide - width),
    clamp(-at[1] - height / 2, top, top + tall - height),
    width,
    height,
  ];
}

/** The middle after zooming by a factor about a point of a picture, which stays in place. */
export function zoomAbout(middle, [u, v], factor, { axis, sign }) {
  const at = [...middle];
  at[axis] += (sign * u - at[axis]) * (1 - 1 / factor);
  at[1] += (-v - at[1]) * (1 - 1 / factor);
  return at;
}

/** The middle after the picture was moved by (dx, dy) mm. */
export function panBy({ times, at }, frame, dx, dy, { axis, sign }) {
  const [left, , wide] = frame;
  const half = wide / times / 2;
  const hold = (across) => clamp(across, left + half, left + wide - half);
  const moved = [...at];
  moved[axis] = sign * hold(hold(sign * at[axis]) - dx);
  moved[1] += dy;
  return moved;
}

/** The zoom of one map. */
export class Zoom {
  constructor(map) {
    this.map = map;
    this.times = 1;
    this.at = [0, 0, 0];
  }

  zoomTo(times, at = this.at) {
    this.times = limitTimes(times);
    const [figure] = this.map.listFigures();
    this.at = [...at];
    this.at[1] = limitHeight(this.at[1], this.times, figure.home);
    this.map.tip.hide();
    this.map.repaint();
  }

  /** Zooms about a point of the window, else about what is selected, else about the middle. */
  zoomBy(factor, spot = null) {
    const times = clamp(this.times * factor, 1, MOST_ZOOM);
    this.zoomTo(times, this.findMiddle(times, spot, factor > 1));
  }

  findMiddle(times, spot, isCloser) {
    const middle = this.times > 1 ? this.at : this.findCentre();
    if (spot) {
      const figure = this.findFigure(spot.x);
      return zoomAbout(middle, toPicture(figure, spot), times / this.times, figure.plane);
    }
    const selected = isCloser ? this.map.findSelectedGroup() : null;
    return selected ? selected.anchor.slice(0, 3) : middle;
  }

  /** The middle of the body, from the middles of the figures that are shown. */
  findCentre() {
    const at = [0, 0, 0];
    for (const { plane, box } of this.map.listFigures()) {
      at[plane.axis] = plane.sign * (box[0] + box[2] / 2);
      at[1] = -(box[1] + box[3] / 2);
    }
    return at;
  }

  /** Moves the picture of a figure by some pixels. */
  pan({ home, unit, plane }, dx, dy) {
    this.zoomTo(this.times, panBy(this, home, dx * unit, dy * unit, plane));
  }

  /** The figure at a place of the window, in pixels from its left; else the first. */
  findFigure(x) {
    const figures = this.map.listFigures();
    const isMet = ({ frame }) => {
      const box = frame.getBoundingClientRect();
      return x >= box.left && x <= box.right;
    };
    return figures.find(isMet) || figures[0];
  }
}
