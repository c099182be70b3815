/**
 * The workbook behind the host, as far as the add-in sees it beside the cells: what is saved with the file.
 * @module
 */

export interface Workbook {
  /** What the add-in sees as the document's address. */
  readonly url: string;
  /** The add-in's own settings that are saved in the workbook: name to JSON text. */
  readSettings(): Readonly<Record<string, string>>;
  writeSettings(settings: Readonly<Record<string, string>>): void;
  /** Whether opening the workbook starts the add-in: `Office.addin.setStartupBehavior`. */
  startsAddin(): boolean;
  setStartsAddin(starts: boolean): void;
}

/** A workbook that lives in memory only. */
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
