/**
 * The requirement sets that the add-in depends on, and which of them this Excel claims to support, for reports.
 * @module
 */

/** By name, the highest minor version that anything here needs or is likely to need: `5` stands for 1.5. */
export const decisiveSets = {
  CustomFunctionsRuntime: 5,
  SharedRuntime: 2,
  ExcelApi: 20,
  RibbonApi: 2,
  KeyboardShortcuts: 1,
} as const;

/**
 * One line per set: `RibbonApi: yes 1.1; no 1.2`. We check each version, because Excel 2021 claims versions that it
 * does not support (office-js 4750).
 */
export function claimedSets(isSupported: (name: string, version: string) => boolean): string[] {
  return Object.entries(decisiveSets).map(([name, newest]) => {
    const versions = Array.from({ length: newest }, (_, index) => `1.${index + 1}`);
    const having = (isWanted: boolean) =>
      versions.filter((version) => isSupported(name, version) === isWanted).join(" ") || "none";
    return `${name}: yes ${having(true)}; no ${having(false)}`;
  });
}
