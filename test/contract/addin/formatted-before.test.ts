/** Dates in cells that had a format before: Excel shows them as numbers, so the builder names these cells. */
import { expect, it } from "vitest";
import { startService } from "./kal.ts";
import { areaOf } from "./cells.ts";
import { openTables } from "./tables.ts";

const date = { type: "Double", basicValue: 46_356, numberFormat: "yyyy-mm-dd" } as const;
const filled = [["site", "since", "until"], ["a", "", date], ["b", date, date]] as const; // prettier-ignore

it("names the first cell of each column whose format hides dates", async () => {
  const excel = await openTables({ service: await startService() });
  const format = (address: string, code: string) =>
    excel.spreadsheet.setNumberFormat(areaOf(excel.spreadsheet, address), [[code]]);
  const named = () => excel.formattedBefore("Sheet1!B2", filled);
  expect(await named()).toEqual([]);
  format("C4", "0.00");
  format("D3", '"day" 0 [Red]');
  expect(await named()).toEqual(["C4", "D3"]);
  format("C4", "dd/mm/yyyy");
  format("D3", "@");
  format("B3", "0.00");
  expect(await named()).toEqual(["D3"]);
});
