/**
 * Excel's limits (Microsoft's page "Excel specifications and limits").
 * @module
 */

/** The size of every sheet. */
export const sheetSize = { rows: 1_048_576, columns: 16_384 } as const;

/** Maximum characters of text in a cell. */
export const maxCellChars = 32_767;

/** Maximum characters of a formula. */
export const maxFormulaChars = 8192;
