// Playing the stages of a story: one after the other, each blended out of the one before.
import { mixByShades } from "./scenes.js";

// Eight or nine words and a look at the body take more than two seconds: readers who were given one
// and a half could do one or the other.
const MEAN_MS = 2400;
const LEAST_MS = 1500; // however short its sentence
const STORY_MS = 48000; // a story of very many stages is told somewhat faster
const SHORT_MS = 6000; // and one of few stages slower
const BLEND_SPEED = 1.8; // a blend takes a little more than half of a stage, then the picture rests
const SLOW_MS = 22;
const SLOW_ROW = 2; // so many slow pictures one after the other, and the machine cannot keep up

export const SPEEDS = [
  [0.4, "slow"],
  [1, "usual"],
  [2, "fast"],
];

/** How long each stage is told, milliseconds: the longer, the more there is to read. */
export function findSpans(sentences, speed) {
  const count = sentences.length;
  const whole = Math.max(Math.min(STORY_MS, count * MEAN_MS), SHORT_MS);
  const spare = Math.max(whole - count * LEAST_MS, 0);
  const letters = sentences.reduce((sum, { length }) => sum + length, 0);
  return sentences.map(({ length }) => {
    const share = letters ? length / letters : 1 / count;
    return (LEAST_MS + spare * share) / speed;
  });
}

/**
 * Where playing stands that began at the stage `first`: the stage that is told, how much of it
 * (0 to 1) is, and whether all is told.
 */
export function findMoment(elapsed, first, spans) {
  const final = spans.length - 1;
  let step = first;
  let left = Math.max(elapsed, 0);
  while (step < final && left >= spans[step]) left -= spans[step++];
  const share = step === 0 ? 1 : Math.min(1, (left / spans[step]) * BLEND_SPEED);
  return { step, share, isLast: step >= final && left >= spans[final] };
}

/**
 * When playing must have begun so that the stage after `told` is the furthest now: a page that
 * could not keep up is late rather than silent about a stage.
 */
export function findBeginning(begun, now, told, first, spans) {
  const isAhead = findMoment(now - begun, first, spans).step >= told + 2;
  const past = spans.slice(first, told + 1).reduce((sum, span) => sum + span, 0);
  return isAhead ? now - past : begun;
}

/** A slow start and a slow end. */
export function easeShare(share) {
  return share * share * (3 - 2 * share);
}

export class Playback {
  constructor(map) {
    this.map = map;
    this.request = 0;
    this.reveal = 1; // how much of the stage is told
    this.speed = 1;
    this.loadedAt = map.get("step"); // the stage that was shown when the story came
    this.isMoved = false; // whether another was shown since
    this.calm = map.page.matchMedia("(prefers-reduced-motion: reduce)");
  }

  get isRunning() {
    return this.request !== 0;
  }

  /** The stage that is told. */
  get step() {
    return this.limit(this.map.get("step"));
  }

  /** Whether the whole result is shown, which also stands without a story. */
  get isAtEnd() {
    return this.step >= this.map.steps.length - 1;
  }

  /** A new story: where it stands is what is asked about, and not how far it was told. */
  load() {
    this.stop();
    this.loadedAt = this.map.get("step");
    this.isMoved = false;
  }

  noteStep() {
    this.isMoved ||= this.map.get("step") !== this.loadedAt;
  }

  /** The stage that playing begins with: on the way the next one comes at once. */
  findFirst() {
    const isAnew = this.isAtEnd || (!this.isMoved && this.step > 0);
    return isAnew ? 0 : this.step + 1;
  }

  limit(step) {
    return Math.max(0, Math.min(step, this.map.steps.length - 1));
  }

  goTo(step) {
    this.map.set({ step: this.limit(step) });
  }

  stop() {
    const { map } = this;
    if (this.isRunning) map.page.cancelAnimationFrame(this.request);
    this.request = 0;
    const isHalf = this.reveal < 1;
    this.reveal = 1;
    if (map.pace.isLean) map.pace.setLean(false);
    else if (!isHalf) return;
    map.repaint();
  }

  start() {
    const { map } = this;
    const spans = findSpans(map.stepRow.listSaid(), this.speed);
    const first = this.findFirst();
    let begun = map.page.performance.now();
    let last = begun;
    let told = first - 1;
    let slow = 0;
    if (map.pace.isWeak) map.pace.setLean(true);
    const tick = (now) => {
      slow = now - last > SLOW_MS ? slow + 1 : 0;
      last = now;
      if (slow >= SLOW_ROW) map.pace.giveUp();
      begun = findBeginning(begun, now, told, first, spans);
      const moment = findMoment(now - begun, first, spans);
      told = moment.step;
      this.paint(moment, tick);
    };
    this.request = map.page.requestAnimationFrame(tick);
  }

  paint({ step, share, isLast }, tick) {
    const { map } = this;
    if (step !== this.step) this.goTo(step);
    const wasLean = isLast && map.pace.isLean;
    this.request = isLast ? 0 : map.page.requestAnimationFrame(tick);
    if (wasLean) map.pace.setLean(false);
    const reveal = this.calm.matches ? 1 : easeShare(share);
    const scene = this.findScene(step, reveal);
    const isSame = scene === map.shown && reveal === this.reveal;
    this.reveal = reveal;
    // a picture that would not differ from the last one is not painted again
    if (!isSame || wasLean) map.paintScene(scene);
    map.stepRow.paint();
  }

  findScene(step, reveal) {
    const { steps } = this.map;
    return step > 0 && reveal < 1 ? mixByShades(steps[step - 1], steps[step], reveal) : steps[step];
  }
}
