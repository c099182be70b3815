/**
 * What the pane and the ribbon have of tables, in the add-in's page: the tests call it as the pane does.
 * @module
 */
import { associateCommands } from "../../../src/addin/commands/commands.ts";
import { insertTable } from "../../../src/addin/runtime/tables/insert-table.ts";

const tables = { insertTable };

export type TablesOfPage = typeof tables;

associateCommands();
Object.assign(globalThis, { kalTables: tables });
