// The shock of a footfall on its way up the body, played in slow motion on the page itself. Touches
// nothing outside of its own element.

const SVG = "http://www.w3.org/2000/svg";
const SLOWER = 120; // a millisecond of the footfall lasts so many on the page
const HOP_MS = 5; // a step forward or back, and a hop where less motion is asked for
const REST_MS = 700; // between two such hops
const GLOW_MM = 9; // radius of a glow for each g
const COURSE = { gap: -20, width: 1150, height: 24 }; // beside the body; height for each g
const LABEL = 200; // how far left of its value a name ends

/** What the stations feel at a moment: between two times the share in between. */
export function findMoment(times, shock, moment) {
  const step = times[1] - times[0];
  const at = Math.min(Math.max(moment / step, 0), times.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, times.length - 1);
  return shock.map((felt) => felt[low] + (felt[high] - felt[low]) * (at - low));
}

/** The moment that is shown, by the clock of the page: smooth, or in hops. */
export function findPlayed(elapsed, begun, last, isCalm) {
  const run = isCalm ? Math.floor(elapsed / REST_MS) * HOP_MS : elapsed / SLOWER;
  return Math.min(begun + run, last);
}

/** What is told of a moment. */
export function sayMoment(moment, names, felt) {
  const parts = names.map((name, k) => `${name} ${felt[k].toFixed(1)} g`);
  return `${moment.toFixed(0)} ms after touch-down: ${parts.join(", ")}.`;
}

/** Where the courses of the stations stand, so that none lies on its neighbour. */
export function spreadRows(heights, least) {
  const rows = [...heights];
  for (let k = 1; k < rows.length; k += 1) rows[k] = Math.min(rows[k], rows[k - 1] - least);
  return rows;
}

class Climb {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.page = el.ownerDocument.defaultView;
    this.calm = this.page.matchMedia("(prefers-reduced-motion: reduce)");
    this.moment = 0;
    this.request = 0;
    this.build();
  }

  node(name, attributes = {}, parent = this.svg) {
    const isHtml = ["div", "button", "input", "ol", "li", "p"].includes(name);
    const { ownerDocument: page } = this.el;
    const node = isHtml ? page.createElement(name) : page.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent?.append(node);
    return node;
  }

  build() {
    this.root = this.node("div", { class: "mc-climb" }, this.el);
    const { frame, outlines, stations } = this.model.get("picture");
    const [left, top, wide, tall] = frame;
    this.from = left + wide + COURSE.gap;
    this.right = this.from + COURSE.width + 40;
    const box = `${left} ${top} ${this.right - left} ${tall + 90}`;
    const names = stations.map(({ name }) => name).join(", ");
    const words = `A body from the side, with ${names}. Nothing has landed yet.`;
    const picture = { viewBox: box, role: "img", "aria-label": words };
    this.svg = this.node("svg", picture, this.root);
    for (const [role, way] of outlines) this.node("path", { d: way, class: `mc-${role}` });
    const rows = spreadRows(
      stations.map(({ y }) => y),
      230,
    );
    this.rows = stations.map((station, k) => this.buildRow(station, rows[k]));
    const { from } = this;
    this.node("text", { x: from, y: top + tall + 74 }).textContent = "0 ms";
    const end = { x: from + COURSE.width, y: top + tall + 74, "text-anchor": "end" };
    this.end = this.node("text", end);
    this.now = this.node("line", { class: "mc-now", y1: top + 40, y2: top + tall + 20 });
    this.buildControls();
    this.list = this.node("ol", { "aria-label": "What reaches each station" }, this.root);
  }

  buildRow({ name, x, y }, base) {
    const { from } = this;
    this.node("path", { class: "mc-base", d: `M${x} ${y}L${from} ${base}h${COURSE.width}` });
    const before = this.node("path", { class: "mc-before" });
    const course = this.node("path", { class: "mc-course" });
    const most = this.node("circle", { class: "mc-most", cx: x, cy: y });
    const glow = this.node("circle", { class: "mc-glow", cx: x, cy: y });
    this.node("circle", { class: "mc-dot", cx: x, cy: y, r: 9 });
    const end = { x: from + COURSE.width, y: base - 96, "text-anchor": "end" };
    this.node("text", { ...end, x: end.x - LABEL }).textContent = name;
    const value = this.node("text", { class: "mc-value", ...end });
    return { name, base, before, course, most, glow, value };
  }

  buildControls() {
    const row = this.node("div", { class: "mc-climb-row" }, this.root);
    const add = (words, label, act) => {
      const button = this.node("button", { type: "button", "aria-label": label }, row);
      button.textContent = words;
      button.addEventListener("click", act);
      return button;
    };
    this.play = add("▶ Play", "Play the shock in slow motion", () => this.toggle());
    add("◀", "5 milliseconds back", () => this.hop(-HOP_MS));
    add("▶", "5 milliseconds on", () => this.hop(HOP_MS));
    const range = { type: "range", min: 0, step: 0.5, "aria-label": "Time after touch-down, ms" };
    this.range = this.node("input", range, row);
    this.range.addEventListener("input", () => {
      this.stop();
      this.goTo(Number(this.range.value));
    });
    this.told = this.node("p", { role: "status", style: "margin:2px 0" }, this.root);
  }

  get run() {
    return this.model.get("run");
  }

  get last() {
    return this.run.times.at(-1);
  }

  /** A new footfall: its courses, its lines, and the picture at the moment that was shown. */
  follow() {
    const { times, shock, before, lines } = this.run;
    this.root.classList.toggle("mc-waiting", !times);
    if (!times) return;
    const stretch = COURSE.width / this.last;
    this.end.textContent = `${this.last} ms`;
    this.range.max = this.last;
    this.rows.forEach((row, k) => {
      const write = (felt) =>
        felt
          ? `M${felt
              .map((g, n) => `${this.from + times[n] * stretch} ${row.base - g * COURSE.height}`)
              .join("L")}`
          : "";
      row.course.setAttribute("d", write(shock[k]));
      row.before.setAttribute("d", write(before[k]));
      row.most.setAttribute("r", GLOW_MM * Math.max(...shock[k].slice(0, times.indexOf(50) + 1)));
    });
    this.list.replaceChildren();
    for (const line of lines) this.node("li", {}, this.list).textContent = line;
    this.svg.setAttribute("aria-label", `The shock on its way up. ${lines.join(" ")}`);
    if (this.told.textContent && !this.request) this.goTo(this.moment);
    else this.paint();
  }

  paint() {
    const felt = findMoment(this.run.times, this.run.shock, this.moment);
    this.rows.forEach((row, k) => {
      row.glow.setAttribute("r", GLOW_MM * Math.max(felt[k], 0));
      row.value.textContent = `${felt[k].toFixed(1)} g`;
    });
    const x = this.from + (COURSE.width * this.moment) / this.last;
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
    this.range.value = this.moment;
    this.felt = felt;
  }

  goTo(moment) {
    this.moment = Math.min(Math.max(moment, 0), this.last);
    this.paint();
    const names = this.rows.map(({ name }) => name);
    this.told.textContent = sayMoment(this.moment, names, this.felt);
  }

  hop(step) {
    this.stop();
    this.goTo(this.moment + step);
  }

  toggle() {
    if (this.request) {
      this.stop();
      this.goTo(this.moment);
      return;
    }
    const begun = this.moment >= this.last ? 0 : this.moment;
    const start = this.page.performance.now();
    this.play.textContent = "❚❚ Pause";
    this.told.textContent = `Slow motion, ${SLOWER} times slower.`;
    const tick = (now) => {
      this.moment = findPlayed(now - start, begun, this.last, this.calm.matches);
      if (this.moment >= this.last) {
        this.stop();
        this.goTo(this.last);
        return;
      }
      this.paint();
      this.request = this.page.requestAnimationFrame(tick);
    };
    this.request = this.page.requestAnimationFrame(tick);
  }

  stop() {
    this.page.cancelAnimationFrame(this.request);
    this.request = 0;
    this.play.textContent = "▶ Play";
  }
}

function render({ model, el }) {
  const climb = new Climb(model, el);
  const follow = () => climb.follow();
  model.on("change:run", follow);
  follow();
  return () => {
    model.off("change:run", follow);
    climb.stop();
    climb.root.remove();
  };
}

export default { render };
