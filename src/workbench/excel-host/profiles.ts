/**
 * Profiles of Excel by platform: the requirement sets that it claims, and the worst known form of each behaviour.
 *
 * Behaviours that depend on a moment or a workbook, not on a platform (another workbook in front, manual calculation,
 * a 1904 workbook), are in no profile.
 * @module
 */
import type { HostBehaviours } from "./behaviours.ts";
import { excel2021, microsoft365, type RequirementSets } from "./requirement-sets.ts";

export interface HostProfile {
  readonly requirementSets: RequirementSets;
  readonly behaviours: Partial<HostBehaviours>;
}

const desktop = {
  whileCalling: "oldValue",
  answers: "late",
  recalculation: "cancelsFirst",
  insertedRows: "callAgain",
  emptyCells: "zero",
  errorText: "generic",
  spilledFormats: "ofCell",
  longAddresses: "cut",
  protectedSheets: "notSearched",
  undo: "clearedBySettings",
  firstClick: "lost",
  showingPane: "takesKeyboard",
} as const satisfies Partial<HostBehaviours>;

export const hostProfiles = {
  windows: { requirementSets: microsoft365, behaviours: desktop },
  mac: {
    requirementSets: microsoft365,
    behaviours: {
      ...desktop,
      recalculation: "callsFirst",
      closedPane: "endsRuntime",
      abortSignalAny: "missing",
      storageEvents: "missing",
    },
  },
  web: {
    requirementSets: microsoft365,
    behaviours: {
      whileCalling: "oldValue",
      recalculation: "callsFirst",
      insertedRows: "callAgain",
      emptyCells: "null",
      errorsInRanges: "passed",
      spilledFormats: "ofCell",
      longAddresses: "cut",
      protectedSheets: "notCalculated",
      firstClick: "lost",
      showingPane: "ignored",
    },
  },
  excel2021: {
    requirementSets: excel2021,
    behaviours: {
      ...desktop,
      whileCalling: "busy",
      errorsInMatrix: "wholeTable",
      selectionEvents: "missing",
      storageEvents: "missing",
    },
  },
} as const satisfies Readonly<Record<string, HostProfile>>;

export type ProfileName = keyof typeof hostProfiles;
export const profileNames = Object.keys(hostProfiles) as ProfileName[];
