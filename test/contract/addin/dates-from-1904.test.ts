/**
 * A workbook that counts dates from 1904: our dates would show four years late, and its own dates would filter by the
 * wrong day.
 */
import { expect, it } from "vitest";
import { openCells } from "./cells.ts";
import { dataRequests, startService } from "./kal.ts";
import { openTables } from "./tables.ts";

const behaviours = { dateSystem: "1904" } as const;
const refused = expect.stringContaining("KAL_DATE_SYSTEM") as string;

it("refuses what may hold dates, with a text and without a request; the rest works", async () => {
  const service = await startService();
  const excel = await openCells({ service, behaviours });
  const shown = async (...call: Parameters<typeof excel.call>) => (await excel.call(...call))[0]![0]!;
  const own = "(entityVariant=Own)";
  expect(await shown("QUERY", "price", own)).toMatchObject({ error: "#VALUE!", message: refused });
  const lookup = ["site", own, "createdOn", "importCode", "1001"];
  expect(await shown("LOOKUP", ...lookup)).toMatchObject({ error: "#VALUE!", message: refused });
  const asOf = ["price", own, "price", "site.importCode", "today", "1001"];
  expect(await shown("ASOF", ...asOf)).toMatchObject({ error: "#VALUE!", message: refused });
  const summary = ["price", own, "day(effectiveTime)", "count"];
  expect(await shown("SUMMARY", ...summary)).toMatchObject({ error: "#VALUE!", message: refused });
  expect(await shown("MARKET", "1001")).toMatchObject({ error: "#VALUE!", message: refused });
  expect(dataRequests(service)).toEqual([]);
  expect(await shown("STATUS", "state")).toEqual({ value: "connected" });
  expect(await shown("STATUS", "expirationTime")).toEqual({
    value: expect.stringMatching(/^20\d\d-/) as string,
  });
  expect(await shown("COLLECTIONS")).toEqual({ value: "collection" });
});

it("does not insert a table", async () => {
  const excel = await openTables({ service: await startService(), behaviours });
  await expect(excel.insertTable({ collection: "price" })).rejects.toMatchObject({ code: "KAL_DATE_SYSTEM" });
  expect(excel.used()).toBeUndefined();
});

it("reports the change at the next refresh", async () => {
  const excel = await openCells({ service: await startService() });
  excel.enter("B2", '=KAL.QUERY("price","(entityVariant=Own)","effectiveTime",0,1)');
  await excel.settled();
  expect(excel.read("B2").text).toMatch(/^20/);
  excel.host.behaviours.dateSystem = "1904";
  await excel.press("refreshWorkbook");
  await expect.poll(() => excel.read("B2").value).toBe("#VALUE!");
});
