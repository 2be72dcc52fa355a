// The shock of a footfall on its way up the body, played in slow motion on the page itself. Touches
// nothing outside of its own element.

const SVG = "http://www.w3.org/2000/svg";
const SLOWER = 120; // a millisecond of the footfall lasts so many on the page
const HOP_MS = 5; // a step forward or back, and a hop where less motion is asked for
const REST_MS = 700; // between two such hops
const GLOW_MM = 9; // radius of a glow for each g
const COURSE = { gap: -20, width: 930, height: 24 }; // beside the body; height for each g
const AXIS_MM = 90; // below the body, for the times
const LABEL = { gap: 26, width: 250, line: 58 }; // to the right of a course, of two lines

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
  // a first frame may have begun before the button was pressed
  return Math.min(begun + Math.max(run, 0), last);
}

/** A shock with the digits that are told of it. */
export function sayShock(felt) {
  return `${felt.toFixed(Math.abs(felt) < 9.95 ? 2 : 1)} g`;
}

/** What is told of a moment; of the last one what was felt at most, as the lines say it. */
export function sayMoment(moment, names, felt, isLast) {
  const parts = names.map((name, k) => `${name} ${sayShock(felt[k])}`).join(", ");
  if (isLast) return `The most within ${moment.toFixed(0)} ms: ${parts}.`;
  return `${moment.toFixed(0)} ms after touch-down: ${parts}.`;
}

/** An outline between standing and folded. Knees go forward fast at first: what a leg gets shorter
 * grows with the square of that. */
export function bendWay(standing, folded, share) {
  const forward = Math.sqrt(share);
  const ends = folded.match(/-?\d+/g);
  let k = 0;
  return standing.replace(/-?\d+/g, (from) => {
    const part = k % 2 ? share : forward;
    const to = Number(ends[k++]);
    return (Number(from) + part * (to - Number(from))).toFixed(1);
  });
}

/** Where the courses of the stations stand, so that none lies on its neighbour. */
export function spreadRows(heights, least) {
  const rows = [...heights];
  for (let k = 1; k < rows.length; k += 1) rows[k] = Math.min(rows[k], rows[k - 1] - least);
  return rows;
}

/** How far below the body there must be room, mm: for its axis, and for a course and a ring that
 * reach lower than usual. */
export function findFoot(run, base, floor) {
  const lowest = Math.max(0, -Math.min(0, ...(run.shock?.[0] ?? []), ...(run.before?.[0] ?? [])));
  const deepest = Math.max(COURSE.height * lowest, GLOW_MM * (run.most?.[0] ?? 0));
  return Math.max(AXIS_MM, base + deepest - floor + LABEL.line);
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
    this.right = this.from + COURSE.width + LABEL.gap + LABEL.width;
    const names = stations.map(({ name }) => name).join(", ");
    const words = `A body from the side, with ${names}. Nothing has landed yet.`;
    const picture = { role: "img", "aria-label": words };
    this.svg = this.node("svg", picture, this.root);
    this.outlines = outlines.map(([role, standing, folded]) => {
      return { node: this.node("path", { class: `mc-${role}` }), standing, folded };
    });
    const rows = spreadRows(
      stations.map(({ y }) => y[0]),
      230,
    );
    this.now = this.node("line", { class: "mc-now", y1: top + 40, y2: top + tall + 20 });
    this.rows = stations.map((station, k) => this.buildRow(station, rows[k]));
    this.begin = this.node("text", { x: this.from });
    this.begin.textContent = "0 ms";
    this.end = this.node("text", { x: this.from + COURSE.width, "text-anchor": "end" });
    this.makeRoom();
    this.buildControls();
    this.list = this.node("ol", { "aria-label": "What reaches each station" }, this.root);
  }

  /** The frame of the picture, with the times below all that is drawn. */
  makeRoom() {
    const [left, top, , tall] = this.model.get("picture").frame;
    const room = findFoot(this.run, this.rows[0].base, top + tall);
    this.svg.setAttribute("viewBox", `${left} ${top} ${this.right - left} ${tall + room}`);
    for (const text of [this.begin, this.end]) text.setAttribute("y", top + tall + room - 16);
  }

  buildRow({ name, x, y }, base) {
    const line = this.node("path", { class: "mc-base" });
    const before = this.node("path", { class: "mc-before" });
    const course = this.node("path", { class: "mc-course" });
    const [most, glow, dot] = ["most", "glow", "dot"].map((part) =>
      this.node("circle", { class: `mc-${part}`, r: 9 }),
    );
    const left = this.from + COURSE.width + LABEL.gap;
    this.node("text", { x: left, y: base - LABEL.line / 2 }).textContent = name;
    const value = this.node("text", { class: "mc-value", x: left, y: base + LABEL.line / 2 });
    return { name, x, y, base, line, before, course, spots: [most, glow, dot], most, glow, value };
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

  get isTold() {
    return this.model.get("told");
  }

  /** A new footfall: its courses, its lines, and the picture at the moment that was shown. */
  follow() {
    const { times } = this.run;
    this.root.classList.toggle("mc-waiting", !times);
    this.makeRoom();
    if (!times) {
      this.moment = 0;
      this.told.textContent = "";
      this.bend(0);
      return;
    }
    this.end.textContent = `${this.last} ms`;
    this.range.max = this.last;
    this.rows.forEach((row, k) => row.most.setAttribute("r", GLOW_MM * this.run.most[k]));
    if (this.told.textContent && !this.request) this.goTo(this.moment);
    else this.paint();
    this.tell();
  }

  /** The lines, and what else is only shown once it has been played to its end. */
  tell() {
    const { isTold } = this;
    const lines = isTold ? (this.run.lines ?? []) : [];
    this.root.classList.toggle("mc-untold", !isTold);
    this.list.replaceChildren();
    for (const line of lines) this.node("li", {}, this.list).textContent = line;
    const words = ["The shock on its way up.", ...lines].join(" ");
    if (this.run.times) this.svg.setAttribute("aria-label", words);
  }

  /** The body and its stations as far as it has sunk. */
  bend(share) {
    const forward = Math.sqrt(share);
    const mix = ([from, to], part) => from + part * (to - from);
    for (const { node, standing, folded } of this.outlines) {
      node.setAttribute("d", bendWay(standing, folded, share));
    }
    for (const { x, y, base, line, spots } of this.rows) {
      const [cx, cy] = [mix(x, forward), mix(y, share)];
      line.setAttribute("d", `M${cx} ${cy}L${this.from} ${base}h${COURSE.width}`);
      for (const spot of spots) {
        spot.setAttribute("cx", cx);
        spot.setAttribute("cy", cy);
      }
    }
  }

  /** The course of a station, as far as it has been played or told. */
  writeCourse(felt, base) {
    if (!felt) return "";
    const { times } = this.run;
    const stretch = COURSE.width / this.last;
    const until = this.isTold ? this.last : this.moment;
    const shown = felt.filter((_, n) => times[n] <= until);
    const place = (g, n) => `${this.from + times[n] * stretch} ${base - g * COURSE.height}`;
    return `M${shown.map(place).join("L")}`;
  }

  paint() {
    const { times, shock, before, sunk } = this.run;
    const felt = findMoment(times, shock, this.moment);
    const [low] = findMoment(times, [sunk], this.moment);
    this.bend(Math.max(low, 0) / this.model.get("picture").folded_mm);
    this.felt = this.moment < this.last ? felt : this.run.most;
    this.rows.forEach((row, k) => {
      row.glow.setAttribute("r", GLOW_MM * Math.max(felt[k], 0));
      row.value.textContent = sayShock(this.felt[k]);
      row.course.setAttribute("d", this.writeCourse(shock[k], row.base));
      row.before.setAttribute("d", this.isTold ? this.writeCourse(before[k], row.base) : "");
    });
    const x = this.from + (COURSE.width * this.moment) / this.last;
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
    this.range.value = this.moment;
  }

  goTo(moment) {
    this.moment = Math.min(Math.max(moment, 0), this.last);
    const isLast = this.moment >= this.last;
    if (isLast && !this.isTold) {
      this.model.set("told", true);
      this.model.save_changes();
    }
    this.paint();
    const names = this.rows.map(({ name }) => name);
    this.told.textContent = sayMoment(this.moment, names, this.felt, isLast);
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
  model.on("change:told", follow);
  follow();
  return () => {
    model.off("change:run", follow);
    model.off("change:told", follow);
    climb.stop();
    climb.root.remove();
  };
}

export default { render };
