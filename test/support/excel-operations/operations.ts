/**
 * What add-ins do with `Excel.run`, and what they must see: the same list runs against the spreadsheet in memory,
 * against the workbench's grid, and over the messages of Excel on the web.
 *
 * The functions run in the add-in's page, so they refer to nothing outside of themselves.
 * @module
 */
import { cellsOperations } from "./cells.ts";
import type { Operation } from "./operation.ts";
import { rangesOperations } from "./ranges.ts";
import { tableOperations } from "./tables.ts";
import { workbookOperations } from "./workbook.ts";

/** Results of the formulas in the list, for a spreadsheet that cannot calculate; `#` begins an error. */
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
