/**
 * Entry of the chunk that changes a connection.
 * @module
 */
import { changeTemplate } from "./change-template.ts";
import { createChange } from "./change.ts";

export function showChange(place: HTMLElement): void {
  changeTemplate.render(createChange(), place);
}
