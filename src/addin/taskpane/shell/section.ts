/**
 * What a section of the pane is.
 * @module
 */
import type { SectionId } from "../../runtime/pane-requests.ts";

/** What every section may need of the pane around it. */
export interface SectionContext {
  /** Whether there is an Excel around the pane. */
  readonly isExcel: boolean;
  /** Shows another section and moves the focus to it. */
  readonly open: (id: SectionId) => void;
}

/**
 * Renders a section. What it shows stays in the page while another section is shown, so that nothing typed is lost.
 * @param place is empty, and nobody else's.
 * @returns what takes the section away.
 */
export type ShowSection = (place: HTMLElement, context: SectionContext) => () => void;

export interface Section {
  readonly id: SectionId;
  readonly label: string;
  readonly load: () => Promise<ShowSection>;
}
