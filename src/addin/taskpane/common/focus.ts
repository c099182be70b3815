/**
 * Moving the focus, always as the answer to something that the person did.
 * @module
 */
import { Updates } from "@microsoft/fast-element";

/**
 * Focuses an element by its id once everything that has just changed is on the page; what is folded away opens. Whoever
 * has gone over to the cells meanwhile is not called back, as what is typed next is meant for them, but finds the focus
 * there on coming back.
 */
export function focusSoon(id: string): void {
  const wasHere = document.hasFocus();
  void Updates.next().then(() => {
    if (!wasHere || document.hasFocus()) return focus(id);
    // A click that brings the person back must not have its target scrolled away.
    window.addEventListener("focus", () => focus(id, { preventScroll: true }), { once: true });
  });
}

function focus(id: string, options?: FocusOptions): void {
  const element = document.getElementById(id);
  element?.closest("details")?.setAttribute("open", "");
  element?.focus(options);
}
