/**
 * The sections in the shell, and their ids on the page.
 * @module
 */
import type { SectionId } from "../../runtime/pane-requests.ts";
import type { Chunk } from "../chunk/chunk.ts";
import type { Section } from "./section.ts";

export const tabId = (id: SectionId) => `tab-${id}`;
export const panelId = (id: SectionId) => `panel-${id}`;
export const placeId = (id: SectionId) => `place-${id}`;

export interface Panel extends Pick<Section, "id" | "label"> {
  readonly chunk: Chunk;
}

export interface Shell {
  readonly panels: readonly Panel[];
  shown: SectionId;
  readonly open: (id: SectionId) => void;
}
