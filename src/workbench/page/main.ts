/**
 * The workbench's second script, which contains the grid; it continues what the first one has started.
 * @module
 */
import * as beginnings from "./beginnings.ts";
import { openWorkbook } from "./open-workbook.ts";

void openWorkbook(beginnings);
