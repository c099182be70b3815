/**
 * Requests to the pane from other parts: a ribbon button, a shortcut, a notice.
 * @module
 */
import { createEmitter } from "./emitter.ts";

export type SectionId = "build" | "activity" | "settings" | "connection";

export interface PaneRequests {
  /** Shows the pane with a section, as soon as the section is loaded. */
  readonly openSection: (id: SectionId) => Promise<void>;
  /** Shows the builder with the selected cell's formula. */
  readonly editSelectedFormula: () => Promise<void>;
  /** Returns the requested section once, then undefined. */
  readonly takeSection: () => SectionId | undefined;
  /** Returns once whether the selected formula was requested. */
  readonly takeEdit: () => boolean;
  /** Calls back when a section is requested. @returns a function that stops this */
  readonly onSection: (listener: () => void) => () => void;
  /** Calls back when the selected formula is requested. @returns a function that stops this */
  readonly onEdit: (listener: () => void) => () => void;
}

export function createPaneRequests(): PaneRequests {
  const sections = createEmitter();
  const edits = createEmitter();
  let section: SectionId | undefined;
  let isEdit = false;

  async function openSection(id: SectionId): Promise<void> {
    section = id;
    sections.emit();
    // In a plain browser there is no Excel, so there is no pane to show.
    await Office.addin?.showAsTaskpane?.();
  }

  return {
    openSection,
    async editSelectedFormula() {
      isEdit = true;
      edits.emit();
      await openSection("build");
    },
    takeSection() {
      const taken = section;
      section = undefined;
      return taken;
    },
    takeEdit() {
      const taken = isEdit;
      isEdit = false;
      return taken;
    },
    onSection: sections.on,
    onEdit: edits.on,
  };
}
