/**
 * Moves the focus, only in response to a person's action.
 * @module
 */
import { Updates } from "@microsoft/fast-element";

/**
 * Focuses an element by its id after the pending changes are rendered; opens collapsed parts around it. If the person
 * has moved to the grid meanwhile, the focus does not move until they come back, because their typing is meant for the
 * cells.
 */
export function focusSoon(id: string): void {
  const wasHere = document.hasFocus();
  void Updates.next().then(() => {
    if (!wasHere || document.hasFocus()) return focus(id);
    // Without scrolling: the click that brings the person back must hit its target.
    window.addEventListener("focus", () => focus(id, { preventScroll: true }), { once: true });
  });
}

function focus(id: string, options?: FocusOptions): void {
  const element = document.getElementById(id);
  // The summary itself is in view.
  element?.closest("details > :not(summary)")?.parentElement?.setAttribute("open", "");
  element?.focus(options);
}
