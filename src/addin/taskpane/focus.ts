/**
 * Moving the focus, always as the answer to something that the person did.
 * @module
 */
import { Updates } from "@microsoft/fast-element";

/** Focuses an element by its id once everything that has just changed is on the page. */
export function focusSoon(id: string): void {
  void Updates.next().then(() => document.getElementById(id)?.focus());
}
