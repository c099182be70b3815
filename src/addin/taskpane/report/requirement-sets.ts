/**
 * The requirement sets that decide how the add-in works, for reports: what this Excel claims of them.
 * @module
 */

/** By name, the newest version that anything here asks for or is likely to need: `5` stands for 1.5. */
export const decisiveSets = {
  CustomFunctionsRuntime: 5,
  SharedRuntime: 2,
  ExcelApi: 20,
  RibbonApi: 2,
  KeyboardShortcuts: 1,
} as const;

/**
 * One line for each set: `RibbonApi: yes 1.1; no 1.2`. Each version is asked for, as Excel 2021 claims versions that
 * it does not have (office-js 4750).
 */
export function claimedSets(isSupported: (name: string, version: string) => boolean): string[] {
  return Object.entries(decisiveSets).map(([name, newest]) => {
    const versions = Array.from({ length: newest }, (_, index) => `1.${index + 1}`);
    const having = (isWanted: boolean) =>
      versions.filter((version) => isSupported(name, version) === isWanted).join(" ") || "none";
    return `${name}: yes ${having(true)}; no ${having(false)}`;
  });
}
