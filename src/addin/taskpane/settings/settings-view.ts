/**
 * What the section Settings shows.
 * @module
 */
import type { ScheduleMinutes, ScheduleState } from "../../runtime/workbook/schedule.ts";
import type { ValueSettings } from "../../runtime/workbook/value-settings.ts";
import type { ThemeChoice } from "../styles/theme.ts";

/** What can be chosen. */
export type Setting = "dates" | "empty" | "refreshOnOpen" | "schedule" | "trustPrompt" | "theme";

export interface Outcome {
  readonly of: Setting | "report";
  readonly text: string;
}

export interface SettingsView {
  readonly isExcel: boolean;
  /** Whether this Excel takes dates as plain numbers only. */
  readonly datesArePlain: boolean;
  /** Whether #N/A may stand where there is no value. */
  readonly showsErrorsInTables: boolean;
  chosen: ValueSettings;
  refreshesOnOpen: boolean;
  schedule: ScheduleState;
  /** Whether people without the add-in are asked nothing. */
  hidesTrustPrompt: boolean;
  theme: ThemeChoice;
  /** What came of the last choice or copy, said beside it. */
  outcome: Outcome | undefined;
  readonly chooseValues: (of: Setting, change: Partial<ValueSettings>) => Promise<void>;
  readonly chooseRefresh: (isOn: boolean) => Promise<void>;
  readonly chooseSchedule: (minutes: ScheduleMinutes) => void;
  readonly chooseTrustPrompt: (isHidden: boolean) => void;
  readonly chooseTheme: (theme: ThemeChoice) => void;
  readonly copyReport: () => Promise<void>;
}
