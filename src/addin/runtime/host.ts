/**
 * What this Excel can show.
 * @module
 */

/** How a host takes dates: as formatted numbers of one kind or the other, or as bare serials. */
export type DateForm = "double" | "formattedNumber" | "serial";

export interface Host {
  /** Whether an error within a table has a cell of its own: Excel 2021 makes one of the whole table (office-js 2174). */
  readonly showsErrorsInTables: () => boolean;
  /** Formatted dates need data types: Microsoft 365 has them, perpetual Excel (2021) takes bare serials. */
  readonly dateForm: () => DateForm;
}

/** Office must be ready when its functions are called. */
export function createHost(): Host {
  /** Asked once: thousands of cells want to know. */
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
