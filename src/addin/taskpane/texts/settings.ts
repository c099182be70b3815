/**
 * Texts of the section Settings.
 * @module
 */
import type { DateChoice, EmptyChoice } from "../../runtime/workbook/value-settings.ts";
import type { ScheduleMinutes } from "../../runtime/workbook/schedule.ts";
import type { ThemeChoice } from "../styles/theme.ts";

/** A choice with its explanation. */
export interface ChoiceWords {
  readonly label: string;
  readonly meaning?: string;
}

export const settingsTexts = {
  label: "Settings",
  ownHeading: "For you",
  ownMeaning: "Kept on this computer. Colleagues choose for themselves.",
  workbookHeading: "For everybody with this workbook",
  workbookMeaning:
    "Saved in the workbook, so that everybody who opens it sees the same. New workbooks start with your last choice.",
  dates: {
    legend: "Dates",
    meaning: "How dates look in the cells that formulas fill.",
    plainOnly:
      "This version of Excel shows dates only as plain numbers: format the columns as dates. Newer versions use your choice.",
    choices: {
      "yyyy-mm-dd": { label: "2026-11-21", meaning: "Year, month, day" },
      "dd/mm/yyyy": { label: "21/11/2026", meaning: "Day, month, year" },
      "mm/dd/yyyy": { label: "11/21/2026", meaning: "Month, day, year" },
      serial: { label: "46347", meaning: "Plain numbers, for your own formats" },
    } satisfies Record<DateChoice, ChoiceWords>,
  },
  empty: {
    legend: "Missing values",
    meaning: "This never hides failures: they stay errors.",
    noErrors:
      "#N/A is not offered: this Excel would show #VALUE! for the whole table. A workbook in which #N/A was chosen elsewhere shows an error here for a missing value.",
    choices: {
      blank: { label: "Empty text", meaning: "The cell looks empty" },
      "#N/A": { label: "#N/A", meaning: "Charts leave a gap; IFNA can replace it" },
      zero: { label: "0", meaning: "Sums and averages count it as a price of 0" },
    } satisfies Record<EmptyChoice, ChoiceWords>,
  },
  refreshOnOpen: {
    label: "Refresh when the workbook is opened",
    meaning:
      "Otherwise the saved values stay until somebody refreshes. Colleagues without this add-in may see a message when they open the workbook.",
    on: "This workbook will refresh when it is opened. Save it to keep that.",
    off: "This workbook will open with its saved values. Save it to keep that.",
  },
  schedule: {
    legend: "Refresh on a schedule",
    meaning:
      "Refreshes this workbook while it is open and connected here. It waits while a cell is being edited and while data is paused.",
    choices: {
      0: { label: "Off" },
      5: { label: "Every 5 minutes" },
      15: { label: "Every 15 minutes" },
      30: { label: "Every 30 minutes" },
      60: { label: "Every hour" },
    } satisfies Record<ScheduleMinutes, ChoiceWords>,
    on: (minutes: number) =>
      `This workbook refreshes every ${minutes === 60 ? "hour" : `${minutes} minutes`} while it is open here.`,
    off: "This workbook no longer refreshes on a schedule.",
    next: (time: string) => `Next refresh: ${time}.`,
    running: "Refreshing now.",
    last: (time: string, problem: string | undefined) =>
      problem === undefined ? `Last refresh: ${time}.` : `The refresh at ${time} failed: ${problem}`,
    waiting: "Stopped after three failures in a row. Refresh once yourself, or choose again.",
    byOthers: (minutes: number) =>
      `Somebody else refreshes this workbook every ${minutes} minutes on their computer.`,
  },
  trustPrompt: {
    label: "Do not warn people who do not have this add-in",
    meaning:
      "Excel on Windows and Mac asks them whether they trust this workbook. Without the question they see the saved values at once.",
    more: "What people without the add-in see",
    hidden: "People without the add-in are not warned. Save the workbook to keep that.",
    shown: "Excel warns people without the add-in. Save the workbook to keep that.",
  },
  theme: {
    legend: "Theme of this pane",
    choices: {
      system: {
        label: "Automatic",
        meaning: "Like Excel, or like the system if Excel does not report its theme",
      },
      light: { label: "Light" },
      dark: { label: "Dark" },
    } satisfies Record<ThemeChoice, ChoiceWords>,
    chosen: (label: string) => `Theme: ${label}.`,
  },
  report: {
    heading: "Report",
    meaning:
      "Versions of Excel and of this add-in, and what this Excel can do: for support, and for somebody who tries the add-in. No data, no formulas, no names of connections.",
    copy: "Copy report",
    copied: "Copied. Paste it into your message.",
  },
  remade: (cells: number) =>
    cells === 0
      ? "Saved. Cells change when they are next calculated."
      : `Saved. ${cells.toLocaleString()} ${cells === 1 ? "formula is" : "formulas are"} being recalculated.`,
  refused: (reason: string) => `Excel did not allow that: ${reason}`,
} as const;
