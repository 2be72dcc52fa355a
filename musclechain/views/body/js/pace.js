// When to paint: at once where the screen is free, and never twice for one picture of the screen.
// A machine that cannot keep up leaves out fibres and highlights while the picture moves.

const SLOW_MS = 44;
const RESTED_MS = 250;

export class Pace {
  constructor(map) {
    this.map = map;
    this.page = map.page;
    this.isLean = false;
    this.isWeak = false;
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
    if (isMoving && this.isWeak) this.setLean(true);
    this.map.paintNow();
    if (isMoving && this.isLean) this.paintWholeSoon();
    this.hasPainted = !this.page.document.hidden;
    if (this.hasPainted) this.page.requestAnimationFrame(() => this.notice(begun, isMoving));
  }

  /** The screen has shown the picture; how long has that taken? */
  notice(begun, isMoving) {
    this.hasPainted = false;
    this.page.setTimeout(() => {
      if (isMoving && this.page.performance.now() - begun > SLOW_MS) this.isWeak = true;
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
