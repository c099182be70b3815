/**
 * A line above the grid for errors, shown until the person closes it.
 * @module
 */
import { findElement } from "./find-element.ts";

/** @param text "" hides it */
export function showNotice(text: string): void {
  findElement("#notice").hidden = text === "";
  // Screen readers announce a text that is set in a live region.
  findElement("#notice p").textContent = text;
}

export function showProblem(error: unknown): void {
  showNotice(error instanceof Error ? error.message : String(error));
}

export function prepareNotice(): void {
  findElement("#notice button").addEventListener("click", () => showNotice(""));
}
