/**
 * The workbench's second script, with the grid in it: goes on where the first one has begun.
 * @module
 */
import * as beginnings from "./beginnings.ts";
import { openWorkbook } from "./open-workbook.ts";

void openWorkbook(beginnings);
