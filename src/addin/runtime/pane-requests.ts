/**
 * Requests to the pane from outside it: a button of the ribbon, a shortcut, a notice.
 * @module
 */
import { createEmitter } from "./emitter.ts";

export type SectionId = "build" | "activity" | "settings" | "connection";

export interface PaneRequests {
  /** Shows the pane with a section. One that is not loaded yet opens as soon as it is. */
  readonly openSection: (id: SectionId) => Promise<void>;
  /** Shows the builder with the formula of the selected cell in it. */
  readonly editSelectedFormula: () => Promise<void>;
  /** The section that was asked for; once. */
  readonly takeSection: () => SectionId | undefined;
  /** Whether the selected formula was asked for; once. */
  readonly takeEdit: () => boolean;
  /** Calls back when a section is asked for. @returns a function that ends it */
  readonly onSection: (listener: () => void) => () => void;
  /** Calls back when the selected formula is asked for. @returns a function that ends it */
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
    // In a plain browser there is no Excel to show the page.
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
