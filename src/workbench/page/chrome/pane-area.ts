/**
 * The task pane beside the grid: opened by a ribbon button, closed by its own or by the add-in.
 * @module
 */
import { findElement } from "./find-element.ts";

export interface PaneArea {
  readonly isVisible: () => boolean;
  /** Shows or hides it, for the person or for the add-in. */
  readonly show: (visible: boolean) => void;
}

/** @param closed told when the person closes it; what had the keyboard in it has gone */
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
