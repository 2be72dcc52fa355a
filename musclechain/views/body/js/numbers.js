// Small arithmetic that several modules share.

export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** What was sent as JSON in one piece. */
export function readWords(view) {
  return JSON.parse(new TextDecoder().decode(view));
}

/** The bytes of a message as a buffer of its own: a DataView may start anywhere in a larger one. */
export function copyBytes(view) {
  if (!view || !view.byteLength) return new ArrayBuffer(0);
  return view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view;
}
