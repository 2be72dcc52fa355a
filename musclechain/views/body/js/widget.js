// The widget: one map, its state, and how it follows the traits of its model. Nothing outside of
// its own element is touched, so that it also lives in a shadow root and beside other maps.
import { letOthersLoad } from "../../page/chart.js";
import { watchTheme } from "../../page/theme.js";
import { paintAids } from "./aids.js";
import { Captions } from "./captions.js";
import { Comparison } from "./comparison.js";
import { Controls } from "./controls.js";
import { addButton, addNode, createIdPrefix, setText } from "./dom.js";
import { savePicture } from "./download.js";
import { DrawnScale } from "./drawn_scale.js";
import { findExtents, listBones, readVertices } from "./geometry.js";
import { Gestures } from "./gestures.js";
import { paintHalo } from "./halo.js";
import { listenToKeys, listenToPointer } from "./keys.js";
import { Ladder } from "./ladder.js";
import { Labels } from "./labels.js";
import { Layout } from "./layout.js";
import { Legend } from "./legend.js";
import { findLit } from "./lit.js";
import { copyBytes, readWords } from "./numbers.js";
import { Pace } from "./pace.js";
import { paintLayer } from "./paint.js";
import { makePen } from "./pen.js";
import { Playback } from "./playback.js";
import { areSameMoves, buildRestScene, readScene, readSteps } from "./scenes.js";
import { paintReferred } from "./referred.js";
import { Selection } from "./selection.js";
import { StepRow } from "./step_row.js";
import { paintStory } from "./story.js";
import { findSupplied, isPickable, isSupplied } from "./supply.js";
import { Tip } from "./tip.js";
import { Zoom } from "./zoom.js";

const HINT = "Point at a structure for its tension, click to select it; arrow keys walk. ";

const SUPPLY_HINT =
  "Point at a part for its name, click to pick it; arrow keys walk, Enter picks, Escape lets go. ";

const ZOOM_HINT =
  "Zoom with Ctrl and the wheel, two fingers, + and −; drag to move. " +
  "The arms are drawn a little off the trunk, so that it is seen.";

// Up to which layer muscles are drawn: all of them, and from the long back muscles down.
const [ALL_LAYERS, DEEP_LAYERS] = [4, 2];

const COVERED = "Predict first, then uncover.";

function sayMarking(most, count) {
  return (
    `Predict: mark up to ${most} muscles that you expect to tighten. Click them, or walk with ` +
    `the arrow keys and press Enter. ${count} of ${most} marked.`
  );
}

class BodyMap {
  constructor(model, host) {
    this.model = model;
    this.page = host.ownerDocument.defaultView;
    this.id = createIdPrefix(this.page);
    this.readDrawing();
    const kind = isSupplied(this.picture) ? " mc-supplied" : "";
    this.root = addNode(host, "div", {
      class: `mc-bodymap${kind}`,
      "data-version": -1,
    });
    this.isPrinting = false;
    this.steps = readSteps(this.get("steps"), this.picture);
    this.readState();
    this.shown = this.base;
    this.lit = findLit(this.picture, "none", -1, "");
    this.addParts();
    this.noteScale();
    this.comparison.read();
  }

  readDrawing() {
    this.picture = readWords(this.get("described"));
    this.vertices = readVertices(this.get("outlines"));
    for (const part of this.picture.parts) part.bones = listBones(this.vertices, part);
    this.draw = makePen(this.vertices);
    this.rest = buildRestScene(this.picture);
    this.extents = findExtents(this.vertices, this.picture.bones);
  }

  readState() {
    this.base = readScene(copyBytes(this.get("state")), 0, this.picture);
    const against = copyBytes(this.get("against"));
    // what the picture is compared with: the healthy body, unless the result says otherwise
    this.before = against.byteLength ? readScene(against, 0, this.picture) : this.rest;
  }

  /** Adds the parts of the map, from above to below. */
  addParts() {
    this.drawnScale = new DrawnScale();
    this.pace = new Pace(this);
    this.playback = new Playback(this);
    this.selection = new Selection(this);
    this.comparison = new Comparison(this);
    this.zoom = new Zoom(this);
    this.layout = new Layout(this);
    this.controls = new Controls(this);
    this.stage = addNode(this.root, "div", { class: "mc-stage" });
    this.ladder = new Ladder(this);
    this.labels = new Labels(this);
    this.cover = this.addCover();
    this.tip = new Tip(this);
    this.stepRow = new StepRow(this);
    this.captions = new Captions(this);
    this.legend = new Legend(this);
    this.controls.addBottom(() => savePicture(this));
    const hint = isSupplied(this.picture) ? SUPPLY_HINT : HINT;
    addNode(this.controls.fold, "p", { class: "mc-hint" }, hint + ZOOM_HINT);
    this.gestures = new Gestures(this);
    listenToPointer(this);
    listenToKeys(this);
  }

  addCover() {
    const cover = addNode(this.stage, "div", { class: "mc-cover" });
    this.coverWords = addNode(cover, "p", {});
    // what lies deep can be marked as well; the answer is seen in all layers again
    const flip = () => this.set({ depth: this.isDeep() ? ALL_LAYERS : DEEP_LAYERS });
    this.deep = addButton(cover, "Deep muscles", flip, { class: "mc-switch" });
    addButton(cover, "Skip, and show the result", () => {
      this.set({ veiled: false });
      const { play } = this.stepRow;
      const next = play.offsetParent ? play : this.selection.tabStop.node;
      next.focus({ preventScroll: true });
    });
    return cover;
  }

  isDeep() {
    return this.get("depth") < ALL_LAYERS;
  }

  // ---- what others ask

  get(trait) {
    return this.model.get(trait);
  }

  set(values) {
    for (const [trait, value] of Object.entries(values)) this.model.set(trait, value);
    this.model.save_changes();
  }

  listFigures() {
    return this.layout.listFigures();
  }

  /** The groups that may be chosen, of all figures that show the present state. */
  listGroups() {
    return this.listFigures()
      .flatMap(({ layers }) => layers.now?.groups ?? [])
      .filter((group) => group.structure !== null || group.nerve !== null || group.supply !== null)
      .filter((group) => isPickable(group, this.get("skin")));
  }

  /** The scenes that a figure has to have room for. */
  listScenes() {
    const scenes = this.steps.length ? this.steps : [this.base, this.before];
    return this.comparison.isOn() ? [...scenes, this.comparison.reference] : scenes;
  }

  findColumn(view) {
    return this.layout.keys.indexOf(`${view}-now`);
  }

  isShown(view) {
    return this.findColumn(view) >= 0;
  }

  /** The number of the selected structure, -1 for none. */
  findSelected() {
    const selected = this.get("selected");
    return this.picture.structures.findIndex(({ id }) => id === selected);
  }

  findSelectedGroup() {
    const selected = this.findSelected();
    return this.listGroups().find(({ structure, hidden }) => structure === selected && !hidden);
  }

  findExaggeration() {
    return this.picture.exaggerations.indexOf(this.get("exaggeration"));
  }

  // ---- painting

  repaint() {
    this.pace.request();
  }

  paintNow() {
    const certainty = this.get("certainty");
    this.base.certainty = certainty;
    if (this.steps.length) this.steps[this.steps.length - 1].certainty = certainty;
    this.paintScene(this.steps.length ? this.steps[this.playback.step] : this.base);
    this.root.dataset.version = this.base.version;
  }

  paintScene(scene) {
    this.shown = scene;
    this.lit = this.findLit();
    this.controls.showLit();
    this.layout.layOut();
    const setting = this.findSetting();
    const now = setting.veiled ? this.rest : scene;
    for (const figure of this.listFigures()) this.paintFigure(figure, now, setting);
    const telling = this.findTelling(setting);
    // neither dots of referred pain nor days with bars of their own lead to the neck
    const hasFinish = !this.get("referred").length && !telling.stages[0]?.ladder;
    for (const figure of this.listFigures()) {
      paintStory(figure, { ...telling, hasFinish, isKept: !figure.layers.now });
      paintReferred(figure, this.get("referred"), setting.veiled);
    }
    this.ladder.paint(telling, this.listFigures()[0]);
    this.comparison.placeWipe();
    this.selection.keepTabStop();
    this.captions.paint(scene);
    this.paintHalo();
    this.labels.paint();
    this.paintCover(setting.veiled);
    this.root.classList.toggle("mc-veiled", setting.veiled);
    this.legend.showLetters(scene);
  }

  findLit() {
    const supply = this.get("supply");
    if (supply.picked) return findSupplied(supply);
    const highlight = this.get("highlight");
    return findLit(this.picture, highlight, this.findSelected(), this.get("lit"));
  }

  paintCover(isVeiled) {
    this.cover.hidden = !isVeiled;
    const most = this.get("most_marks");
    this.cover.classList.toggle("mc-cover-aside", most > 0);
    const words = most ? sayMarking(most, this.get("marked").length) : COVERED;
    setText(this.coverWords, words);
    this.deep.hidden = !most;
    this.deep.setAttribute("aria-pressed", this.isDeep());
  }

  /** How scenes are painted; see paint.js. */
  findSetting() {
    return {
      choice: this.findExaggeration(),
      depth: this.get("depth"),
      nerves: this.get("nerves"),
      patterns: this.get("patterns"),
      span: this.get("span_n"),
      veiled: this.get("veiled"),
      lit: this.lit.set,
      nerve: this.get("nerves") ? this.selection.findNerve() : "",
      skin: this.get("skin"),
      supply: this.get("supply"),
      lines: this.get("posture_lines"),
      lean: this.pace.isLean,
      isBetween: this.playback.reveal < 1,
      rest: this.rest,
      before: this.get("veiled") ? this.rest : this.before,
      extents: this.extents,
    };
  }

  /** Where the story stands; see story.js. What is selected shows how its own change came to it. */
  findTelling({ veiled: isVeiled }) {
    const { playback } = this;
    const stages = this.get("story");
    const trace = playback.isRunning ? [] : (this.get("trace").trails ?? []);
    const at = Math.min(playback.step, Math.max(stages.length - 1, 0));
    return { stages, at, reveal: playback.reveal, trace, isVeiled };
  }

  paintFigure(figure, now, setting) {
    const { reference } = this.comparison;
    const other = this.comparison.findLayer(figure);
    if (figure.layers.now) paintLayer(figure.layers.now, now, setting);
    if (other) paintLayer(other, reference, setting);
    this.comparison.showLayers(figure);
    paintAids(figure, figure.layers.now ? now : reference, setting);
  }

  paintHalo() {
    paintHalo(this);
  }

  // ---- following the model and the page

  /** What to do when a trait has changed, by trait. */
  listAnswers() {
    const repaint = () => this.repaint();
    const paintAll = () => this.paintAll();
    const each = (traits, answer) => Object.fromEntries(traits.map((trait) => [trait, answer]));
    return {
      ...each(
        ["caption", "certainty", "certainty_note", "span_n", "trace", "marked", "tally", "dark"],
        repaint,
      ),
      ...each(["ladder", "magnifier", "marks_told", "most_marks"], repaint),
      ...each(
        ["boards", "nerves", "labels", "latin", "posture_lines", "patterns", "exaggeration"],
        paintAll,
      ),
      ...each(["highlight", "lit", "depth", "compare", "skin", "supply"], paintAll),
      selected: () => this.answerSelected(),
      views: () => this.answerViews(),
      legend: () => this.answerLegend(),
      referred: () => this.answerLegend(),
      state: () => this.answerState(),
      against: () => this.answerState(),
      against_words: repaint,
      steps: () => this.answerSteps(),
      step: () => this.answerStep(),
      story: () => this.answerStep(),
      veiled: () => this.answerVeiled(),
      reference: () => this.answerReference(),
      reference_certainty: () => this.answerReference(),
    };
  }

  paintAll() {
    this.controls.paint();
    this.repaint();
  }

  answerSelected() {
    if (this.get("selected")) this.selection.nerve = "";
    this.repaint();
  }

  answerViews() {
    this.controls.followViews();
    this.paintAll();
  }

  answerLegend() {
    this.legend.paint();
    this.repaint();
  }

  answerState() {
    this.readState();
    this.comparison.read();
    this.pace.stir();
  }

  answerSteps() {
    this.playback.load();
    this.steps = readSteps(this.get("steps"), this.picture);
    this.noteScale();
    this.stepRow.paint();
    this.repaint();
  }

  /**
   * A story comes when the hand has come to rest; a covered one was not seen. Days that are played
   * may end with a body that stands as at rest: then the last one that moved counts.
   */
  noteScale() {
    const isStill = ({ moves }) => areSameMoves(moves[0], this.rest.moves[0]);
    const moving = this.get("veiled") ? [] : this.steps.filter((step) => !isStill(step));
    if (moving.length) this.drawnScale.rest(moving.at(-1));
  }

  answerStep() {
    this.playback.noteStep();
    this.stepRow.paint();
    if (!this.playback.isRunning) this.repaint();
  }

  answerVeiled() {
    if (!this.get("veiled") && this.get("most_marks") && this.isDeep()) {
      this.set({ depth: ALL_LAYERS });
    }
    this.noteScale();
    this.stepRow.paint();
    this.repaint();
  }

  answerReference() {
    this.comparison.read();
    this.layout.forget();
    this.paintAll();
  }

  /** Paints for the first time, and follows model, page and paper; returns how to stop. */
  open() {
    this.legend.paint();
    this.stepRow.paint();
    this.layout.measure();
    this.paintNow();
    this.controls.paint();
    const stops = [this.followModel(), this.followPaper(), this.followSize(), this.followTheme()];
    return () => {
      this.playback.stop();
      this.captions.announcer.stop();
      this.pace.stop();
      for (const stop of stops) stop();
    };
  }

  followModel() {
    const answers = Object.entries(this.listAnswers());
    for (const [trait, answer] of answers) this.model.on(`change:${trait}`, answer);
    return () => {
      for (const [trait, answer] of answers) this.model.off(`change:${trait}`, answer);
    };
  }

  /** On paper the picture is as wide as an upright sheet, and whole. */
  followPaper() {
    const print = (isPrinting) => () => {
      this.isPrinting = isPrinting;
      this.paintNow();
    };
    const events = Object.entries({
      beforeprint: print(true),
      afterprint: print(false),
    });
    for (const [name, answer] of events) this.page.addEventListener(name, answer);
    return () => {
      for (const [name, answer] of events) this.page.removeEventListener(name, answer);
    };
  }

  followSize() {
    const observer = new this.page.ResizeObserver(() => {
      if (this.layout.measure()) this.repaint();
    });
    observer.observe(this.root);
    return () => observer.disconnect();
  }

  /** Charts beside the map are drawn by the kernel, which has to be told whether it is dark. */
  followTheme() {
    return watchTheme(this.root, (dark) => {
      if (this.get("dark") !== dark) this.set({ dark });
    });
  }
}

async function render({ model, el }) {
  await letOthersLoad(el.ownerDocument.defaultView);
  return new BodyMap(model, el).open();
}

export default { render };
