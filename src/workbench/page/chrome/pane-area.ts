/**
 * The task pane beside the grid. A ribbon button opens it; its own button or the add-in closes it.
 * @module
 */
import { findElement } from "./find-element.ts";

export interface PaneArea {
  readonly isVisible: () => boolean;
  /** Shows or hides it, for the person or the add-in. */
  readonly show: (visible: boolean) => void;
}

/** @param closed called when the person closes it; the focused element inside is then gone */
export function createPaneArea(closed: () => void): PaneArea {
  const area = findElement("#pane-area");
  findElement("#close-pane").addEventListener("click", closed);
  return {
    isVisible: () => !area.hidden,
    show: (visible) => {
      area.hidden = !visible;
    },
  };
}
