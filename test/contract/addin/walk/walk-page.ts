/**
 * The add-in without its pane's templates, as a page for the walk: functions, commands, tables, and outcomes.
 * @module
 */
import { runtime } from "../../../../src/addin/addin.ts";
import { associateCommands } from "../../../../src/addin/commands/associate.ts";
import { answerByCommand } from "../answer-question.ts";
import { collections, fields, lookup, query, status } from "../../../../src/addin/functions/functions.ts";
import type { InsertTable } from "../../../../src/addin/runtime/tables/insert-table.ts";
import type { RefreshTables } from "../../../../src/addin/runtime/tables/refresh-tables.ts";
import { readSelectedFormula } from "../../../../src/addin/taskpane/cells/selection.ts";
import { insertFormula, updateFormula } from "../../../../src/addin/taskpane/cells/write-formula.ts";

const insertTable: InsertTable = async (...given) => (await runtime.loadTables()).insertTable(...given);
const refreshTables: RefreshTables["refreshTables"] = async (scope) =>
  (await runtime.loadTables()).refreshTables(scope);

const walk = {
  isPaused: runtime.pause.isPaused,
  lastOutcome: runtime.commandOutcomes.last,
  insertTable,
  refreshTables,
  writeWorkbookSettings: runtime.settings.write,
  readSelectedFormula,
  updateFormula,
  insertFormula,
  schedule: runtime.schedule,
  confirmation: runtime.confirmation,
  settings: runtime.settings,
};

export type WalkPage = typeof walk;

const functions = { QUERY: query, LOOKUP: lookup, FIELDS: fields, COLLECTIONS: collections, STATUS: status };
for (const [id, run] of Object.entries(functions)) CustomFunctions.associate(id, run as never);
associateCommands(runtime);
answerByCommand(runtime);
void Office.onReady(runtime.start);
Object.assign(globalThis, { kalWalk: walk });
