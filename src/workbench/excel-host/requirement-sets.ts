/**
 * The requirement sets that releases of Excel claim.
 *
 * `customfunctions` is not documented: office.js checks it to decide how it sends results (1.7: as arrays) and whether
 * it asks for enabled features (1.9). Which versions a release claims is our assumption.
 * @module
 */

/** Set names in lower case, as Excel on Windows writes them. Versions are text, because 1.1 differs from 1.10. */
export type RequirementSets = Readonly<Record<string, string>>;

/** A current Microsoft 365 on Windows. */
export const microsoft365: RequirementSets = {
  addincommands: "1.3",
  customfunctions: "1.9",
  customfunctionsruntime: "1.4",
  dialogapi: "1.2",
  excelapi: "1.19",
  keyboardshortcuts: "1.1",
  ribbonapi: "1.2",
  richapiruntime: "1.2",
  settings: "1.1",
  sharedruntime: "1.2",
};

/** Excel 2021 (perpetual licence): no data types from functions. */
export const excel2021: RequirementSets = {
  addincommands: "1.3",
  customfunctions: "1.6",
  customfunctionsruntime: "1.3",
  dialogapi: "1.2",
  excelapi: "1.14",
  ribbonapi: "1.1",
  richapiruntime: "1.2",
  settings: "1.1",
  sharedruntime: "1.1",
};

/** Whether `sets` contains `name` in this or a later version. */
export function isSetClaimed(sets: RequirementSets, name: string, version: string): boolean {
  const [major = 0, minor = 0] = (sets[name] ?? "0.0").split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = version.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
