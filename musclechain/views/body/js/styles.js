// Styles of look.json as attributes of SVG.

/** A style whose widths count as they are, in the millimetres of the picture. */
export function getAttributes(style) {
  const dash = style["stroke-dasharray"];
  return dash ? { ...style, "stroke-dasharray": dash.join(" ") } : style;
}

/** A style whose widths are pixels, whatever the zoom. */
export function getFixedAttributes(style) {
  return { ...getAttributes(style), "vector-effect": "non-scaling-stroke" };
}

/** A style whose widths are shares of a size. */
export function getScaledAttributes(style, size) {
  return { ...style, "stroke-width": style["stroke-width"] * size };
}

/** The same style with other dashes; none for an empty list. */
export function setDash(style, dash) {
  return dash.length ? { ...style, "stroke-dasharray": dash } : style;
}
