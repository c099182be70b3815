/**
 * The workbook's properties that the add-in can see besides its cells: what is saved with the file.
 * @module
 */

export interface Workbook {
  /** The document's address, for the add-in. */
  readonly url: string;
  /** The add-in's settings saved in the workbook: name to JSON text. */
  readSettings(): Readonly<Record<string, string>>;
  writeSettings(settings: Readonly<Record<string, string>>): void;
  /** Whether opening the workbook starts the add-in: `Office.addin.setStartupBehavior`. */
  startsAddin(): boolean;
  setStartsAddin(starts: boolean): void;
}

/** A workbook that exists in memory only. */
export function createMemoryWorkbook(
  settings: Readonly<Record<string, string>> = {},
  startsAddin = false,
): Workbook {
  let saved = { ...settings };
  let starts = startsAddin;
  return {
    url: "Book1.xlsx",
    readSettings: () => saved,
    writeSettings: (next) => {
      saved = { ...next };
    },
    startsAddin: () => starts,
    setStartsAddin: (next) => {
      starts = next;
    },
  };
}
