/**
 * What this version of Excel can show.
 * @module
 */

/** How Excel accepts dates: as one of two kinds of formatted number, or as plain serials. */
export type DateForm = "double" | "formattedNumber" | "serial";

export interface Host {
  /**
   * Whether an error within a table affects one cell only: Excel 2021 turns the whole table into an error (office-js
   * 2174).
   */
  readonly showsErrorsInTables: () => boolean;
  /** Formatted dates need data types: Microsoft 365 has them, perpetual Excel (2021) accepts only serials. */
  readonly dateForm: () => DateForm;
}

/** Office must be ready when the functions of the result are called. */
export function createHost(): Host {
  /** Cached: thousands of cells ask. */
  let showsErrors: boolean | undefined;
  return {
    showsErrorsInTables: () =>
      (showsErrors ??= Office.context.requirements.isSetSupported("CustomFunctionsRuntime", "1.4")),
    dateForm() {
      const { requirements } = Office.context;
      if (!requirements.isSetSupported("CustomFunctionsRuntime", "1.4")) return "serial";
      return requirements.isSetSupported("ExcelApi", "1.19") ? "double" : "formattedNumber";
    },
  };
}
