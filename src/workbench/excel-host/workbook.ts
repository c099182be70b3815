/**
 * The workbook behind the host, as far as the add-in can see it.
 * @module
 */

export interface Workbook {
  /** What the add-in sees as the document's address. */
  readonly url: string;
  /** The add-in's own settings that are saved in the workbook: name to JSON text. */
  readSettings(): Readonly<Record<string, string>>;
  writeSettings(settings: Readonly<Record<string, string>>): void;
}

/** A workbook that lives in memory only. */
export function createMemoryWorkbook(settings: Readonly<Record<string, string>> = {}): Workbook {
  let saved = { ...settings };
  return {
    url: "Book1.xlsx",
    readSettings: () => saved,
    writeSettings: (next) => {
      saved = { ...next };
    },
  };
}
