/**
 * What the pane and the ribbon have of tables, in the add-in's page: the tests call it as the pane does.
 * @module
 */
import { associateCommands } from "../../../src/addin/commands/commands.ts";
import { watchForRecovery } from "../../../src/addin/runtime/workbook/watch-for-recovery.ts";
import { formattedBefore } from "../../../src/addin/runtime/workbook/formatted-before.ts";
import { writeWorkbookSettings } from "../../../src/addin/runtime/workbook/workbook-settings.ts";
import { insertTable } from "../../../src/addin/runtime/tables/insert-table.ts";
import { refreshTables, retryFailedTables } from "../../../src/addin/runtime/tables/refresh-tables.ts";

const tables = { insertTable, refreshTables, retryFailedTables, writeWorkbookSettings, formattedBefore };

export type TablesOfPage = typeof tables;

associateCommands();
watchForRecovery();
Object.assign(globalThis, { kalTables: tables });
