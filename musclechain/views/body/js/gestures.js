// Zoom and pan by hand: the wheel with Ctrl, a double click, a drag, two fingers.
import { MOST_ZOOM } from "./zoom.js";

const LEAST_DRAG_PX = 4;
const WHEEL_LINES = 0.05;
const WHEEL_PIXELS = 0.003;

export class Gestures {
  constructor(map) {
    this.map = map;
    this.drag = null;
    this.pinch = null;
    this.isDragging = false; // until the click is over that ends a drag
    this.listenToWheel();
    this.listenToDrag();
    this.listenToFingers();
  }

  listenToWheel() {
    const { stage, zoom } = this.map;
    const answer = (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      const speed = event.deltaMode ? WHEEL_LINES : WHEEL_PIXELS;
      zoom.zoomBy(Math.exp(-event.deltaY * speed), readSpot(event));
    };
    stage.addEventListener("wheel", answer, { passive: false });
    stage.addEventListener("dblclick", (event) => {
      if (isControl(event.target)) return;
      event.preventDefault();
      if (zoom.times > MOST_ZOOM / 2) zoom.zoomTo(1);
      else zoom.zoomBy(2, readSpot(event));
    });
  }

  listenToDrag() {
    const { stage } = this.map;
    stage.addEventListener("pointerdown", (event) => this.beginDrag(event));
    stage.addEventListener("pointermove", (event) => this.followDrag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      stage.addEventListener(name, () => this.endDrag());
    }
  }

  beginDrag(event) {
    const { zoom } = this.map;
    this.isDragging = false;
    if (zoom.times === 1 || event.button !== 0 || event.pointerType === "touch") return;
    if (isControl(event.target)) return;
    const figure = zoom.findFigure(event.clientX);
    this.drag = { id: event.pointerId, figure, ...readSpot(event) };
  }

  followDrag(event) {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.id) return;
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!this.isDragging && Math.hypot(dx, dy) < LEAST_DRAG_PX) return;
    if (!this.isDragging) this.map.stage.setPointerCapture(event.pointerId);
    this.isDragging = true;
    this.map.zoom.pan(drag.figure, dx, dy);
    Object.assign(drag, readSpot(event));
  }

  endDrag() {
    this.drag = null;
    this.map.page.setTimeout(() => {
      this.isDragging = false;
    });
  }

  /** One finger scrolls the page, two fingers zoom and move the picture. */
  listenToFingers() {
    const { stage } = this.map;
    const begin = (event) => {
      this.pinch = event.touches.length === 2 ? readFingers(event) : null;
    };
    stage.addEventListener("touchstart", begin, { passive: true });
    stage.addEventListener("touchmove", (event) => this.followFingers(event), {
      passive: false,
    });
    stage.addEventListener("touchend", () => {
      this.pinch = null;
    });
  }

  followFingers(event) {
    const before = this.pinch;
    if (!before || event.touches.length !== 2) return;
    event.preventDefault();
    const { zoom } = this.map;
    const now = readFingers(event);
    if (now.apart > 1 && before.apart > 1) zoom.zoomBy(now.apart / before.apart, now);
    if (zoom.times > 1) zoom.pan(zoom.findFigure(now.x), now.x - before.x, now.y - before.y);
    this.pinch = now;
  }
}

function isControl(node) {
  return Boolean(node.closest(".mc-wipe, button"));
}

function readSpot({ clientX, clientY }) {
  return { x: clientX, y: clientY };
}

/** The middle between two fingers, and how far they are apart. */
function readFingers({ touches: [first, second] }) {
  const dx = first.clientX - second.clientX;
  const dy = first.clientY - second.clientY;
  return {
    x: (first.clientX + second.clientX) / 2,
    y: (first.clientY + second.clientY) / 2,
    apart: Math.hypot(dx, dy),
  };
}
