// How many times larger than computed the posture is drawn, beside the picture that it is compared
// with: one that was kept, or the last state at which the hand rested. Sizes in two pictures of
// different scale cannot be compared, so that a change of scale is said.

const SEEN = 0.1; // a smaller change of scale misleads nobody

/** Whether two factors differ by more than is worth saying. */
export function isOtherScale(drawn, other) {
  return Number.isFinite(other) && Math.abs(drawn - other) > SEEN * Math.max(drawn, other);
}

export class DrawnScale {
  constructor() {
    this.rested = null; // the state at which the hand rests: version and factors
    this.before = null; // the one before
  }

  /** Takes note of a state in which something moves, and that has come to rest. */
  rest({ version, factors }) {
    if (this.rested?.version === version) return;
    if (this.rested) this.before = this.rested;
    this.rested = { version, factors };
  }

  /** The factors of the state before the one of this version; nothing for the first one. */
  findBefore(version) {
    return (this.rested?.version === version ? this.before : this.rested)?.factors ?? [];
  }
}
