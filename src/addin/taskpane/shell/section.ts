/**
 * The interface of a section.
 * @module
 */
import type { SectionId } from "../../runtime/pane-requests.ts";

/** What a section gets from the pane. */
export interface SectionContext {
  /** Whether the pane runs in Excel. */
  readonly isExcel: boolean;
  /** Shows another section and moves the focus to it. */
  readonly open: (id: SectionId) => void;
}

/**
 * Renders a section. Its content stays on the page while another section is shown, so that nothing typed is lost.
 * @param place an empty element for this section only.
 * @returns a function that removes the section.
 */
export type ShowSection = (place: HTMLElement, context: SectionContext) => () => void;

export interface Section {
  readonly id: SectionId;
  readonly label: string;
  readonly load: () => Promise<ShowSection>;
}
