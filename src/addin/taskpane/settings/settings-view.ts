/**
 * State and actions of the section Settings.
 * @module
 */
import type { ScheduleMinutes, ScheduleState } from "../../runtime/workbook/schedule.ts";
import type { ValueSettings } from "../../runtime/workbook/value-settings.ts";
import type { ThemeChoice } from "../styles/theme.ts";

/** The groups of settings. */
export type Setting = "dates" | "empty" | "refreshOnOpen" | "schedule" | "trustPrompt" | "theme";

export interface Outcome {
  readonly of: Setting | "report";
  readonly text: string;
}

export interface SettingsView {
  readonly isExcel: boolean;
  /** Whether this Excel can show dates only as plain numbers. */
  readonly datesArePlain: boolean;
  /** Whether #N/A can be chosen for missing values. */
  readonly showsErrorsInTables: boolean;
  chosen: ValueSettings;
  refreshesOnOpen: boolean;
  schedule: ScheduleState;
  /** Whether Excel shows no prompt to people without the add-in. */
  hidesTrustPrompt: boolean;
  theme: ThemeChoice;
  /** Result of the last choice or copy, shown beside it. */
  outcome: Outcome | undefined;
  readonly chooseValues: (of: Setting, change: Partial<ValueSettings>) => Promise<void>;
  readonly chooseRefresh: (isOn: boolean) => Promise<void>;
  readonly chooseSchedule: (minutes: ScheduleMinutes) => void;
  readonly chooseTrustPrompt: (isHidden: boolean) => void;
  readonly chooseTheme: (theme: ThemeChoice) => void;
  readonly copyReport: () => Promise<void>;
}
