/**
 * The sections of the pane as a table. Each is a separate chunk, loaded when first shown.
 * @module
 */
import type { Section } from "./section.ts";
import { texts } from "../texts/pane.ts";

/** In the order of the tabs. */
export const sections: readonly Section[] = [
  {
    id: "build",
    label: texts.sections.build,
    load: async () => (await import("../builder/show-builder.ts")).showBuilder,
  },
  {
    id: "activity",
    label: texts.sections.activity,
    load: async () => (await import("../activity/activity.ts")).showActivity,
  },
  {
    id: "settings",
    label: texts.sections.settings,
    load: async () => (await import("../settings/settings.ts")).showSettings,
  },
  {
    id: "connection",
    label: texts.sections.connection,
    load: async () => (await import("../connection/connection.ts")).showConnection,
  },
];
