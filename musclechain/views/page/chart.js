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
    await this.plotly.react(this.place, data, { ...layout, ...narrow }, config);
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
  const resized = new painter.page.ResizeObserver(() => painter.fit());
  model.on("change:figure", follow);
  resized.observe(el);
  follow();
  return () => {
    model.off("change:figure", follow);
    resized.disconnect();
    painter.close();
  };
}

export default { render };
