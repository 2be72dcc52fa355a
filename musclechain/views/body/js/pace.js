// When to paint: at once where the screen is free, and never twice for one picture of the screen.
// A machine that cannot keep up with a hand that drags leaves out fibres and highlights meanwhile;
// to take them out and back costs as much as a picture, so what answers a single move is whole.

const SLOW_MS = 44; // from the beginning of a picture until the screen has it
const SLOW_ROW = 3; // so many slow pictures one after the other, and it cannot keep up
const DRAG_MS = 200; // moves that follow each other as fast are those of one drag
const RESTED_MS = 250;

export class Pace {
  constructor(map) {
    this.map = map;
    this.page = map.page;
    this.isLean = false;
    this.isWeak = false; // it could not keep up with a story
    this.slow = 0; // pictures of this drag in a row
    this.movedAt = -Infinity;
    this.isPending = false;
    this.hasPainted = false; // since the screen last showed a picture
    this.isStirred = false; // by a new state
    this.timer = 0;
  }

  setLean(isLean) {
    this.isLean = isLean;
    this.map.root.classList.toggle("mc-lean", isLean);
  }

  giveUp() {
    if (this.isLean) return;
    this.isWeak = true;
    this.setLean(true);
  }

  stir() {
    this.isStirred = true;
    this.request();
  }

  request() {
    if (this.isPending) return;
    this.isPending = true;
    if (this.hasPainted) this.page.requestAnimationFrame(() => this.paint());
    else this.page.queueMicrotask(() => this.paint());
  }

  paint() {
    const begun = this.page.performance.now();
    const isMoving = this.isStirred && !this.map.playback.isRunning;
    this.isPending = false;
    this.isStirred = false;
    if (isMoving) this.noteMove(begun);
    this.map.paintNow();
    if (isMoving && this.isLean) this.paintWholeSoon();
    this.hasPainted = !this.page.document.hidden;
    if (this.hasPainted) this.page.requestAnimationFrame(() => this.notice(begun, isMoving));
  }

  noteMove(begun) {
    if (begun - this.movedAt > DRAG_MS) this.slow = 0;
    this.movedAt = begun;
    if (this.slow >= SLOW_ROW) this.setLean(true);
  }

  /** The screen has shown the picture; how long has that taken? */
  notice(begun, isMoving) {
    this.hasPainted = false;
    if (!isMoving) return;
    this.page.setTimeout(() => {
      this.slow = this.page.performance.now() - begun > SLOW_MS ? this.slow + 1 : 0;
    });
  }

  paintWholeSoon() {
    this.page.clearTimeout(this.timer);
    this.timer = this.page.setTimeout(() => {
      if (this.map.playback.isRunning || !this.isLean) return;
      this.setLean(false);
      this.map.paintNow();
    }, RESTED_MS);
  }

  stop() {
    this.page.clearTimeout(this.timer);
  }
}
