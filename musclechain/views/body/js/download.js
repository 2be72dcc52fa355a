// What is shown as one file of SVG; colours are attributes already, so it needs no style sheet.
import { SVG, addNode, createNode, setAttributes } from "./dom.js";
import { wrapName } from "./label_layout.js";

const LEAST_WIDE = 560;
const LETTER_PX = 7.2;
const LEGEND_WIDE = 190;
const LEGEND_TALL = 42;
const RANGE_LETTERS = 28;
const LINE_TALL = 17;
const TEXT = "#222222";
const KEPT_MS = 1000;

/** Saves the picture of a map. */
export function savePicture(map) {
  const { page } = map;
  const text = writePicture(map);
  const file = new page.Blob([text], { type: "image/svg+xml" });
  const href = page.URL.createObjectURL(file);
  createNode(page.document, "a", { href, download: "body-map.svg" }).click();
  page.setTimeout(() => page.URL.revokeObjectURL(href), KEPT_MS);
}

export function writePicture(map) {
  return keepAllowed(new map.page.XMLSerializer().serializeToString(drawSheet(map)));
}

/** Names may hold anything, and XML not: what it forbids becomes a sign for an unknown letter. */
export function keepAllowed(text) {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

function drawSheet(map) {
  const plan = planSheet(map);
  const size = { width: plan.wide, height: plan.tall };
  const sheet = createNode(map.page.document, "svg:svg", {
    xmlns: SVG,
    viewBox: `0 0 ${plan.wide} ${plan.tall}`,
    "font-family": "sans-serif",
    color: TEXT,
    fill: TEXT,
  });
  const figures = map.listFigures();
  const titles = figures.map(({ title }) => title.textContent).join(", ");
  addNode(sheet, "svg:title", {}, `Body map: ${titles}`);
  addNode(sheet, "svg:desc", {}, plan.caption);
  addNode(sheet, "svg:rect", { ...size, fill: "#ffffff" });
  for (const figure of figures) copyFigure(sheet, figure);
  if (map.labels.isShown) copyLabels(sheet, map);
  plan.rows.forEach((row, k) => {
    const x = 8 + (k % plan.columns) * LEGEND_WIDE;
    const y = plan.legendTop + LEGEND_TALL * Math.floor(k / plan.columns);
    drawLegendRow(sheet, row, x, y, figures[0]);
  });
  plan.lines.forEach((line, k) => {
    addNode(sheet, "svg:text", { x: 8, y: plan.textTop + LINE_TALL * k, "font-size": 13 }, line);
  });
  return sheet;
}

/** Where everything of the sheet stands, in pixels. */
function planSheet({ stage, captions, legend }) {
  const wide = Math.max(stage.offsetWidth, LEAST_WIDE);
  const caption = captions.caption.textContent;
  const letters = Math.floor(wide / LETTER_PX);
  const lines = [caption, ...captions.listNotes()].flatMap((text) => wrapName(text, letters));
  const rows = legend.listRows();
  const columns = Math.max(Math.floor(wide / LEGEND_WIDE), 1);
  const legendTop = stage.offsetHeight + 20;
  const legendEnd = legendTop + LEGEND_TALL * Math.ceil(rows.length / columns);
  return {
    wide,
    caption,
    lines,
    rows,
    columns,
    legendTop,
    textTop: legendEnd + 14,
    tall: legendEnd + LINE_TALL * lines.length + 16,
  };
}

function copyFigure(sheet, { frame, svg, over, title, levels }) {
  const { offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height } = frame;
  const copy = svg.cloneNode(true);
  copy.append(...over.cloneNode(true).children);
  setAttributes(copy, { x, y, width, height });
  for (const node of copy.querySelectorAll("[style*='display: none']")) node.remove();
  sheet.append(copy);
  const text = { x: x + width / 2, "text-anchor": "middle" };
  const bold = { ...text, y: y - 6, "font-size": 14, "font-weight": "bold" };
  addNode(sheet, "svg:text", bold, title.textContent);
  if (levels.style.display === "none") return;
  [...levels.children].forEach((part, k) => {
    const place = { ...text, y: y + height + 14 + 13 * k, "font-size": 11 };
    addNode(sheet, "svg:text", place, part.textContent);
  });
}

function copyLabels(sheet, { labels, stage }) {
  const copy = labels.node.cloneNode(true);
  setAttributes(copy, {
    x: 0,
    y: 0,
    width: stage.offsetWidth,
    height: stage.offsetHeight,
  });
  sheet.append(copy);
}

function drawLegendRow(sheet, item, x, y, figure) {
  const [swatch, word, range] = item.children;
  const isOver = swatch.classList.contains("mc-over");
  const box = {
    x,
    y,
    width: 30,
    height: 22,
    fill: swatch.style.background || "#d29088",
  };
  const edge = isOver
    ? { stroke: "#1a1a1a", "stroke-width": 2.4 }
    : { stroke: "#555555", "stroke-width": 1 };
  addNode(sheet, "svg:rect", { ...box, ...edge });
  if (figure.picture.look.patterns[item.dataset.letter])
    drawSwatchPattern(sheet, item.dataset.letter, x, y, figure);
  const mark = {
    x: x + 15,
    y: y + 16,
    "text-anchor": "middle",
    "font-size": 13,
  };
  addNode(sheet, "svg:text", mark, swatch.textContent);
  addNode(sheet, "svg:text", { x: x + 36, y: y + 10, "font-size": 12 }, word.textContent);
  wrapName(range.textContent, RANGE_LETTERS).forEach((line, k) => {
    addNode(sheet, "svg:text", { x: x + 36, y: y + 22 + 10 * k, "font-size": 9 }, line);
  });
}

/** The patterns are those of the figure, and so in its millimetres. */
function drawSwatchPattern(sheet, letter, x, y, { id, unit, picture }) {
  addNode(sheet, "svg:rect", {
    width: 30 * unit,
    height: 22 * unit,
    fill: `url(#${id}${picture.look.patterns[letter].name})`,
    transform: `translate(${x},${y}) scale(${1 / unit})`,
  });
}
