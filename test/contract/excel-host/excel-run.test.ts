/** `Excel.run` through the real office.js, on the in-memory spreadsheet. */
import { describe, expect, it } from "vitest";
import type { CellResult, ErrorName } from "../../../src/workbench/excel-host/cells.ts";
import { createMemorySpreadsheet } from "../../../src/workbench/excel-host/memory-spreadsheet.ts";
import { knownFormulas, operations } from "../../support/excel-operations/operations.ts";
import { runOperation } from "../../support/excel-operations/run-operation.ts";
import { openFixture } from "./fixture.ts";

/** A page with office.js and an empty workbook. */
async function openExcel(): Promise<typeof Excel> {
  const evaluate = (formula: string) => ({ result: Promise.resolve(resultOf(formula)) });
  const { host, page } = openFixture("", { host: { spreadsheet: createMemorySpreadsheet({ evaluate }) } });
  await host.ready;
  return (page.window as unknown as { Excel: typeof Excel }).Excel;
}

function resultOf(formula: string): CellResult {
  return knownFormulas[formula]!.map((row) =>
    row.map((value) =>
      typeof value === "string" && value.startsWith("#") ? { error: value as ErrorName } : { value },
    ),
  );
}

describe("Excel.run", () => {
  it.each(operations)("$name", async ({ run, expected }) => {
    expect(await runOperation(await openExcel(), run)).toEqual(expected);
  });
});
