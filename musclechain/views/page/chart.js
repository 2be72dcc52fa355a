// Draws the figure of its model, and each later one into the same place. Touches nothing outside
// of its own element.
//
// JupyterLab's own way to show a figure makes a new place for each one and never tells plotly to
// let go of the old place; a 3D scene then draws itself for as long as the page lives, with its
// meshes and its WebGL context, of which a page has no more than sixteen.

// The name under which JupyterLab keeps plotly, and the part of it that draws.
const EXTENSION = "jupyterlab-plotly";
const PART = "./mimeExtension";
// Below this width, px, a figure takes the parts of its layout that it brings for a narrow window.
const NARROW = 620;
// So far beside the plot, px, a pointer still marks its first or last time.
const NEAR_PX = 12;
const POINTED = ["pointerdown", "pointermove"];

/**
 * Waits for the modules that other parts of the page have asked for. anywidget gives each two
 * seconds, in which a slow machine that draws something large at once has no time for them; so an
 * empty module, asked for last, tells when that is done.
 */
export async function letOthersLoad(page) {
  const empty = new page.Blob([""], { type: "text/javascript" });
  const address = page.URL.createObjectURL(empty);
  // a page that lets no such module in has none to wait for
  await import(address).catch(() => null);
  page.URL.revokeObjectURL(address);
}

/** The plotly that the page has; null where there is none, or one of another form. */
async function findPlotly(page) {
  const extension = page._JUPYTERLAB?.[EXTENSION];
  if (!extension) return null;
  const { MIME_TYPE, RenderedPlotly, rendererFactory } = (await extension.get(PART))();
  if (!RenderedPlotly.Plotly) await wakePlotly(MIME_TYPE, rendererFactory);
  const { Plotly } = RenderedPlotly;
  return Plotly?.react && Plotly.purge && Plotly.Plots ? Plotly : null;
}

/** Has the extension load its plotly, which it does for its first figure. */
async function wakePlotly(mime, factory) {
  const renderer = factory.createRenderer({ mimeType: mime });
  await renderer.renderModel({ data: { [mime]: { data: [], layout: {} } }, setData() {} });
  renderer.dispose();
}

/** The number of the time that lies nearest to one, on an axis of powers of ten. */
export function findNearest(times, time) {
  const gaps = times.map((one) => Math.abs(Math.log(one / time)));
  return gaps.indexOf(Math.min(...gaps));
}

/** A layout whose first shape marks the time with that number; as it is where it has no times. */
export function markTime(layout, step) {
  const at = layout.meta?.times?.[step];
  if (at === undefined) return layout;
  const [line, ...shapes] = layout.shapes ?? [];
  return { ...layout, shapes: [{ ...line, x0: at, x1: at }, ...shapes] };
}

function isNarrow(width) {
  return width > 0 && width < NARROW;
}

/** What draws the figures of a model into a place. */
class Painter {
  constructor(model, place) {
    this.model = model;
    this.place = place;
    this.shown = {};
    this.stale = false;
    this.plotly = null;
    this.width = 0;
    this.turn = Promise.resolve();
  }

  get page() {
    return this.place.ownerDocument.defaultView;
  }

  /** Draws what the model holds when its turn has come: of those that wait, only the last. */
  follow() {
    this.turn = this.turn.then(() => this.draw()).catch((error) => this.page.reportError(error));
  }

  async draw() {
    const figure = this.model.get("figure");
    if (figure === this.shown && !this.stale) return;
    if (figure.data && !this.plotly) {
      await letOthersLoad(this.page);
      this.plotly = await findPlotly(this.page).catch(() => null);
    }
    if (figure.data && !this.plotly) {
      this.model.set("missing", true);
      this.model.save_changes();
      return;
    }
    this.shown = figure;
    this.stale = false;
    await this.paint(figure);
  }

  async paint({ data, layout, config }) {
    if (!data) {
      this.plotly?.purge(this.place);
      this.width = 0;
      return;
    }
    // plotly keeps the width that its place had for the first figure, until it is told
    this.width ||= this.place.offsetWidth;
    const narrow = isNarrow(this.width) ? layout.meta?.narrow : {};
    const marked = markTime({ ...layout, ...narrow }, this.model.get("step"));
    await this.plotly.react(this.place, data, marked, config);
    this.place.style.touchAction = this.times.length ? "pan-y" : "";
  }

  /** The times that can be marked in the figure. */
  get times() {
    return this.shown.layout?.meta?.times ?? [];
  }

  /** Moves the mark, behind what is being drawn. */
  mark() {
    this.turn = this.turn
      .then(() => this.moveMark())
      .catch((error) => this.page.reportError(error));
  }

  async moveMark() {
    const at = this.times[this.model.get("step")];
    if (at === undefined || !this.plotly) return;
    await this.plotly.relayout(this.place, { "shapes[0].x0": at, "shapes[0].x1": at });
  }

  /** A press or a drag with the pointer marks the time that lies nearest. */
  point(event) {
    const time = this.times.length && event.buttons & 1 ? this.findTime(event) : null;
    if (!time) return;
    // plotly covers the page while a button is down, and would keep the moves to itself
    if (event.type === "pointerdown") this.place.setPointerCapture(event.pointerId);
    const step = findNearest(this.times, time);
    if (step === this.model.get("step")) return;
    this.model.set("step", step);
    this.model.save_changes();
  }

  /** The time under a pointer; null beside the plot, where a title, buttons and a legend stand. */
  findTime({ clientX, clientY }) {
    const { xaxis, _size: size } = this.place._fullLayout ?? {};
    if (!xaxis?.p2d || !size) return null;
    const { left, top } = this.place.getBoundingClientRect();
    const px = clientX - left - size.l;
    const py = clientY - top - size.t;
    const isNear = px >= -NEAR_PX && px <= size.w + NEAR_PX && py >= 0 && py <= size.h;
    return isNear ? xaxis.p2d(px) : null;
  }

  /** Fits the figure to its place, if that is shown and has another width than it was drawn for. */
  fit() {
    const width = this.place.offsetWidth;
    if (!this.shown.data || !width || width === this.width) return;
    this.stale ||= isNarrow(width) !== isNarrow(this.width);
    this.width = width;
    this.follow();
    this.turn = this.turn.then(() => this.plotly.Plots.resize(this.place)).catch(() => {});
  }

  /** Lets go of what plotly holds, after what is being drawn. */
  close() {
    this.draw = async () => {};
    this.turn = this.turn.then(() => this.plotly?.purge(this.place));
  }
}

function render({ model, el }) {
  const place = el.ownerDocument.createElement("div");
  el.append(place);
  const painter = new Painter(model, place);
  const follow = () => painter.follow();
  const mark = () => painter.mark();
  const point = (event) => painter.point(event);
  const resized = new painter.page.ResizeObserver(() => painter.fit());
  model.on("change:figure", follow);
  model.on("change:step", mark);
  for (const name of POINTED) place.addEventListener(name, point, true);
  resized.observe(el);
  follow();
  return () => {
    model.off("change:figure", follow);
    model.off("change:step", mark);
    resized.disconnect();
    painter.close();
  };
}

export default { render };
