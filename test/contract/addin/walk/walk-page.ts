/**
 * The add-in without its pane's looks, in a page for the walk: functions, commands, tables, and what commands tell.
 * @module
 */
import { associateCommands } from "../../../../src/addin/commands/commands.ts";
import { collections, fields, lookup, query, status } from "../../../../src/addin/functions/functions.ts";
import { lastOutcome } from "../../../../src/addin/runtime/command-outcome.ts";
import { insertTable } from "../../../../src/addin/runtime/tables/insert-table.ts";
import { watchForRecovery } from "../../../../src/addin/runtime/workbook/watch-for-recovery.ts";
import { isPaused } from "../../../../src/addin/runtime/workbook/pause.ts";
import { readSelectedFormula } from "../../../../src/addin/taskpane/builder/cell/selected-formula.ts";
import { updateFormula } from "../../../../src/addin/taskpane/builder/cell/update-formula.ts";
import { insertFormula } from "../../../../src/addin/taskpane/connection/insert-formula.ts";

const walk = { isPaused, lastOutcome, insertTable, readSelectedFormula, updateFormula, insertFormula };

export type WalkPage = typeof walk;

const functions = { QUERY: query, LOOKUP: lookup, FIELDS: fields, COLLECTIONS: collections, STATUS: status };
for (const [id, run] of Object.entries(functions)) CustomFunctions.associate(id, run as never);
associateCommands();
void Office.onReady(watchForRecovery);
Object.assign(globalThis, { kalWalk: walk });
