/** Function names in manifest.xml, which are also the action ids in shortcuts.json. */
export const commandNames = [
  "showPane",
  "editFormula",
  "showRecords",
  "refreshWorkbook",
  "refreshSheet",
  "refreshSelection",
  "retryFailed",
  "openSchedule",
  "snapshotSheet",
  "convertSelection",
  "convertSheet",
  "convertWorkbook",
  "togglePause",
] as const;

export type CommandName = (typeof commandNames)[number];
