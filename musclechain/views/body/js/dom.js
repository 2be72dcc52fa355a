// Elements of a page. Words go in as text and never as markup, because names may hold anything.

export const SVG = "http://www.w3.org/2000/svg";

/** Creates an element of a document; a name such as "svg:path" is one of SVG. */
export function createNode(owner, name, attributes = {}, text = null) {
  const node = name.startsWith("svg:")
    ? owner.createElementNS(SVG, name.slice(4))
    : owner.createElement(name);
  setAttributes(node, attributes);
  if (text !== null) node.textContent = text;
  return node;
}

/** Creates an element at the end of another one. */
export function addNode(parent, name, attributes = {}, text = null) {
  const node = createNode(parent.ownerDocument, name, attributes, text);
  parent.append(node);
  return node;
}

export function setAttributes(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}

/** Sets a text, but only where it differs: a page that is left alone is not laid out again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function addButton(host, words, answer, attributes = {}) {
  const button = addNode(host, "button", { type: "button", ...attributes }, words);
  button.addEventListener("click", answer);
  return button;
}

/** Adds a labelled choice; `options` are pairs of value and words. */
export function addChoice(host, label, options, answer) {
  const box = addNode(host, "label", {}, `${label} `);
  const select = addNode(box, "select", { "aria-label": label });
  setOptions(select, options);
  select.addEventListener("change", () => answer(select.value));
  return select;
}

export function setOptions(select, options) {
  select.replaceChildren();
  for (const [value, words] of options) addNode(select, "option", { value }, words);
}

/** A prefix for ids that no other map on the page has; each map loads this script anew. */
export function createIdPrefix(page) {
  return `mc${page.crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}-`;
}

/**
 * Children that are drawn again and again: those that stand are taken, and only what differs is
 * touched. `begin`, `add` each in the same order, `end`.
 */
export class Redrawn {
  constructor(parent) {
    this.parent = parent;
    this.shown = []; // {name, node, attributes}
    this.count = 0;
  }

  begin() {
    this.count = 0;
  }

  add(name, attributes, text = "") {
    const old = this.shown[this.count];
    if (old?.name === name) {
      changeAttributes(old.node, old.attributes, attributes);
      old.attributes = attributes;
      if (old.text !== text) old.node.textContent = text;
      old.text = text;
    } else {
      const node = createNode(this.parent.ownerDocument, name, attributes, text);
      if (old) old.node.replaceWith(node);
      else this.parent.append(node);
      this.shown[this.count] = { name, node, attributes, text };
    }
    this.count += 1;
  }

  end() {
    for (const { node } of this.shown.splice(this.count)) node.remove();
  }
}

function changeAttributes(node, before, after) {
  for (const [key, value] of Object.entries(after)) {
    if (before[key] !== value) node.setAttribute(key, value);
  }
  for (const key of Object.keys(before)) if (!(key in after)) node.removeAttribute(key);
}
