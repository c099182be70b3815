/**
 * What the section Settings shows.
 * @module
 */
import type { ValueSettings } from "../../runtime/workbook/value-settings.ts";
import type { ThemeChoice } from "../styles/theme.ts";

/** What can be chosen. */
export type Setting = "dates" | "empty" | "refreshOnOpen" | "theme";

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
  theme: ThemeChoice;
  /** What came of the last choice or copy, said beside it. */
  outcome: Outcome | undefined;
  readonly chooseValues: (of: Setting, change: Partial<ValueSettings>) => Promise<void>;
  readonly chooseRefresh: (isOn: boolean) => Promise<void>;
  readonly chooseTheme: (theme: ThemeChoice) => void;
  readonly copyReport: () => Promise<void>;
}
