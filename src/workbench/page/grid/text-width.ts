/**
 * How wide the grid draws a text.
 * @module
 */

/** The grid's default font. */
const font = "11pt Arial";

/** The grid's space at both sides of a cell's text, and a little more. */
const padding = 8;

let pen: CanvasRenderingContext2D | null | undefined;

/** Width in pixels of a column that shows all of these texts. */
export function widthFor(texts: readonly string[]): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return 0;
  pen.font = font;
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, pen.measureText(text).width);
  return widest === 0 ? 0 : Math.ceil(widest) + padding;
}
