/**
 * Moving the focus, always as the answer to something that the person did.
 * @module
 */
import { Updates } from "@microsoft/fast-element";

/** Focuses an element by its id once everything that has just changed is on the page; what is folded away opens. */
export function focusSoon(id: string): void {
  void Updates.next().then(() => {
    const element = document.getElementById(id);
    element?.closest("details")?.setAttribute("open", "");
    element?.focus();
  });
}
