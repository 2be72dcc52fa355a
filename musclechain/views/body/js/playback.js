// Playing the steps of a spread: one after the other, each blended into the next.
import { mixScenes } from "./scenes.js";

const STEP_MS = 900;
const BLEND_SPEED = 1.8; // a blend takes a little more than half of a step, then the picture rests
const SLOW_MS = 22;
const SLOW_ROW = 2; // so many slow pictures one after the other, and the machine cannot keep up

/** Where playing stands: the step, and how far (0 to 1) it is blended into the next. */
export function findMoment(elapsed, first, count) {
  const at = first + Math.max(elapsed, 0) / STEP_MS;
  const step = Math.min(Math.floor(at), count - 1);
  return {
    step,
    share: Math.min(1, (at - step) * BLEND_SPEED),
    isLast: step >= count - 1,
  };
}

/** A slow start and a slow end. */
export function easeShare(share) {
  return share * share * (3 - 2 * share);
}

export class Playback {
  constructor(map) {
    this.map = map;
    this.request = 0;
    this.calm = map.page.matchMedia("(prefers-reduced-motion: reduce)");
  }

  get isRunning() {
    return this.request !== 0;
  }

  /** The step that is shown. */
  get step() {
    return this.limit(this.map.get("step"));
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
    if (map.pace.isLean) {
      map.pace.setLean(false);
      map.repaint();
    }
  }

  start() {
    const { map } = this;
    const begun = map.page.performance.now();
    const first = this.step >= map.steps.length - 1 ? 0 : this.step;
    let last = begun;
    let slow = 0;
    if (map.pace.isWeak) map.pace.setLean(true);
    const tick = (now) => {
      slow = now - last > SLOW_MS ? slow + 1 : 0;
      last = now;
      if (slow >= SLOW_ROW) map.pace.giveUp();
      this.paint(findMoment(now - begun, first, map.steps.length), tick);
    };
    this.request = map.page.requestAnimationFrame(tick);
  }

  paint({ step, share, isLast }, tick) {
    const { map } = this;
    if (step !== this.step) this.goTo(step);
    const wasLean = isLast && map.pace.isLean;
    this.request = isLast ? 0 : map.page.requestAnimationFrame(tick);
    if (wasLean) map.pace.setLean(false);
    const scene = this.findScene(step, isLast || this.calm.matches ? 0 : share);
    // a picture that would not differ from the last one is not painted again
    if (scene !== map.shown || wasLean) map.paintScene(scene);
    map.stepRow.paint();
  }

  findScene(step, share) {
    const { steps } = this.map;
    if (share === 0) return steps[step];
    return share < 1 ? mixScenes(steps[step], steps[step + 1], easeShare(share)) : steps[step + 1];
  }
}
