/**
 * Operations of add-ins with `Excel.run`, and their expected results. The same list runs against the spreadsheet in
 * memory, the workbench's grid, and the messages of Excel on the web.
 *
 * The functions run in the add-in's page, so they must not use anything from outside themselves.
 * @module
 */
import { cellsOperations } from "./cells.ts";
import type { Operation } from "./operation.ts";
import { rangesOperations } from "./ranges.ts";
import { tableOperations } from "./tables.ts";
import { workbookOperations } from "./workbook.ts";

/** Results of the list's formulas, for a spreadsheet that cannot calculate; text beginning with `#` is an error. */
export const knownFormulas: Readonly<Record<string, readonly (readonly (number | string)[])[]>> = {
  "=1+1": [[2]],
  "=1/0": [["#DIV/0!"]],
  "=SEQUENCE(2,3)": [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "=SUBTOTAL(109,C3:C4)": [[3]],
};

export const operations: readonly Operation[] = [
  ...cellsOperations,
  ...rangesOperations,
  ...tableOperations,
  ...workbookOperations,
];
