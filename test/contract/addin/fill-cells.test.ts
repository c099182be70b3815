/** What the pane fills beside a person's rows. */
import { expect, it } from "vitest";
import { startService } from "./kal.ts";
import { openTables } from "./tables.ts";

it("writes headings that come from data as texts, never as formulas or numbers", async () => {
  const { fillCells, values, read } = await openTables({ service: await startService() });
  const cells = { sheetId: "sheet-1", prefix: "", row: 1, column: 1, rows: 2, columns: 3 };
  const headings = ['=HYPERLINK("https://example.com")', "0012", "Diesel"];
  await fillCells({ cells, formula: "=$A2&B$1", width: 1, headings, look: undefined });
  expect(values("B1:D1")).toEqual([headings]);
  expect(read("C3").formula).toBe("=$A3&C$1");
});
