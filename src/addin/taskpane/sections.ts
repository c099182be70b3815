/**
 * The sections of the pane, as a table. Each is a chunk of its own, loaded when it is first shown.
 * @module
 */
import type { SectionId } from "../runtime/open-section.ts";
import { texts } from "./texts/pane.ts";

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

/** In the order of the tabs. */
export const sections: readonly Section[] = [
  {
    id: "build",
    label: texts.sections.build,
    load: async () => (await import("./builder/show-builder.ts")).showBuilder,
  },
  {
    id: "activity",
    label: texts.sections.activity,
    load: async () => (await import("./activity/activity.ts")).showActivity,
  },
  {
    id: "settings",
    label: texts.sections.settings,
    load: async () => (await import("./settings/settings.ts")).showSettings,
  },
  {
    id: "connection",
    label: texts.sections.connection,
    load: async () => (await import("./connection/connection.ts")).showConnection,
  },
];
