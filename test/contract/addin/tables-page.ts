/**
 * Gives tests the functions for tables that pane and ribbon call in the add-in's page.
 * @module
 */
import { runtime } from "../../../src/addin/addin.ts";
import { associateCommands } from "../../../src/addin/commands/associate.ts";
import { query } from "../../../src/addin/functions/functions.ts";
import type { Tables } from "../../../src/addin/runtime/tables/tables.ts";
import { changeConnection } from "../../../src/addin/runtime/workbook/change-connection.ts";
import { fillCells } from "../../../src/addin/taskpane/cells/fill-cells.ts";
import { answerByCommand } from "./answer-question.ts";
import { formattedBefore } from "../../../src/addin/runtime/workbook/formatted-before.ts";

const { loadTables } = runtime;

const insertTable: Tables["insertTable"] = async (...given) => (await loadTables()).insertTable(...given);
const changeTable: Tables["changeTable"] = async (...given) => (await loadTables()).changeTable(...given);
const listTables: Tables["listTables"] = async (scope) => (await loadTables()).listTables(scope);
const refreshTables: Tables["refreshTables"] = async (scope) => (await loadTables()).refreshTables(scope);
const retryFailedTables: Tables["retryFailedTables"] = async () => (await loadTables()).retryFailedTables();

const tables = {
  insertTable,
  changeTable,
  listTables,
  refreshTables,
  retryFailedTables,
  writeWorkbookSettings: runtime.settings.write,
  formattedBefore,
  changeConnection,
  fillCells,
  question: runtime.confirmation.question,
};

export type TablesOfPage = typeof tables;

CustomFunctions.associate("QUERY", query as never);
associateCommands(runtime);
answerByCommand(runtime);
void Office.onReady(runtime.start);
Object.assign(globalThis, { kalTables: tables });
