/** By the FunctionName in manifest.xml, which is the action's id in shortcuts.json. */
export const commandNames = [
  "showPane",
  "editFormula",
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
