/** The effect of the workbook's settings on its cells: dates, missing values, refresh on opening. */
import { describe, expect, it } from "vitest";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { excel2021, microsoft365 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { openCells } from "./cells.ts";
import { dataRequests, openExcel, startService, valuesOf } from "./kal.ts";

/** A workbook with these settings. */
function workbookWith(settings: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(settings).map(([name, value]) => [`KAL.${name}`, JSON.stringify(value)]);
  return createMemoryWorkbook(Object.fromEntries(entries) as Record<string, string>);
}

const onePrice = ["price", "(entityVariant=Own)+(limit=1)", "effectiveTime", 0] as const;
/** The catalogue has the second field, but no sample site does. */
const withAbsent = ["site", "(entityVariant=Own)", "name, address5", 0, 3] as const;

describe("dates", () => {
  it.each(["dd/mm/yyyy", "mm/dd/yyyy"])("show as %s", async (dates) => {
    const excel = await openExcel({ service: await startService(), workbook: workbookWith({ dates }) });
    const [[cell] = []] = await excel.call("QUERY", ...onePrice);
    expect(cell).toMatchObject({ numberFormat: `${dates} hh:mm` });
    const [[until] = []] = await excel.call("STATUS", "expirationTime");
    expect(until).toMatchObject({ numberFormat: `${dates} hh:mm:ss` });
  });

  it("are plain numbers if the workbook is set so", async () => {
    const workbook = workbookWith({ dates: "serial" });
    const excel = await openExcel({ service: await startService(), workbook });
    const [[cell] = []] = await excel.call("QUERY", ...onePrice);
    expect(cell).toEqual({ value: expect.any(Number) as number });
  });
});

describe("a missing value", () => {
  it.each([
    [undefined, microsoft365, ""],
    ["blank", microsoft365, ""],
    ["#N/A", microsoft365, "#N/A "],
    ["zero", excel2021, 0],
    ["zero", microsoft365, 0],
    ["a choice of a later version", microsoft365, ""],
  ])("is shown as %s says", async (emptyValues, requirementSets, expected) => {
    const workbook = workbookWith(emptyValues === undefined ? {} : { emptyValues });
    const excel = await openExcel({ service: await startService(), workbook, requirementSets });
    for (const [name, absent] of valuesOf(await excel.call("QUERY", ...withAbsent))) {
      expect(name).toMatch(/^[A-Z]/);
      expect(absent).toBe(expected);
    }
    if (requirementSets === excel2021) return;
    const keys = [["0"], [null], [""]];
    const found = await excel.call("LOOKUP", "site", "(entityVariant=Own)", "name", "importCode", keys);
    // A blank key gives an empty result; an unknown key is an error whatever the setting.
    expect(valuesOf(found)).toEqual([[expect.stringMatching(/^#N\/A No record/)], [expected], [expected]]);
  });
});

it("does not show an outage as a missing value", async () => {
  const service = await startService();
  const excel = await openExcel({ service, workbook: workbookWith({ emptyValues: "zero" }) });
  service.simulator.faults.add({ kind: "unavailable" });
  expect(valuesOf(await excel.call("QUERY", ...withAbsent))).toEqual([[expect.stringMatching(/^#VALUE! /)]]);
});

it("does not change tables about the data model", async () => {
  const workbook = workbookWith({ emptyValues: "#N/A", dates: "mm/dd/yyyy" });
  const excel = await openExcel({ service: await startService(), workbook });
  for (const name of ["COLLECTIONS", "FIELDS"] as const) {
    const cells = valuesOf(await excel.call(name, ...(name === "FIELDS" ? ["site"] : [])));
    expect(cells.flat().filter((value) => String(value).startsWith("#"))).toEqual([]);
  }
});

describe("the person's own choice", () => {
  const own = JSON.stringify({ dates: "serial", empty: "zero" });

  it("is saved in a new workbook", async () => {
    const excel = await openExcel({ service: await startService() });
    excel.storage.setItem("kal.values", own);
    const [[, absent] = []] = valuesOf(await excel.call("QUERY", ...withAbsent));
    expect(absent).toBe(0);
    await expect
      .poll(() => excel.workbook.readSettings())
      .toMatchObject({ "KAL.dates": `"serial"`, "KAL.emptyValues": `"zero"` });
  });

  it("does not change a workbook with its own settings", async () => {
    const workbook = workbookWith({ dates: "yyyy-mm-dd", emptyValues: "blank" });
    const excel = await openExcel({ service: await startService(), workbook });
    excel.storage.setItem("kal.values", own);
    const [[, absent] = []] = valuesOf(await excel.call("QUERY", ...withAbsent));
    expect(absent).toBe("");
  });
});

describe("refresh on open", () => {
  const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
  const asSaved: CellResult = [[{ value: "as saved" }]];
  const saved = { "Sheet1!B2": [sites, asSaved], "Sheet1!F1": ['=OTHER.QUERY("KAL")', asSaved] } as const;
  const workbook = () => workbookWith({ refreshOnOpen: true });

  it("recalculates the KAL cells of the workbook once, with new data", async () => {
    const service = await startService();
    const excel = await openCells({
      service,
      saved: { ...saved, "Sheet2!A1": [sites, asSaved] },
      workbook: workbook(),
      change(model) {
        model.addSheet("Sheet2");
        return {};
      },
    });
    const ours = ["Sheet1!B2", "Sheet2!A1"];
    await expect.poll(() => excel.calculated).toEqual(ours);
    await excel.settled();
    expect(excel.read("B2").value).toMatch(/^\d+$/);
    expect(dataRequests(service).length).toBeGreaterThan(0);
    excel.connectElsewhere([await service.connect({ environment: "sample" })]);
    excel.select("F1");
    await excel.press("refreshSelection");
    expect(excel.calculated).toEqual(ours);
  });

  it("asks a person on this computer first, and makes no request before the answer", async () => {
    const service = await startService();
    const excel = await openCells({ service, saved, workbook: workbook(), agreed: [] });
    await expect.poll(excel.isPaneShown).toBe(true);
    await excel.settled();
    expect(excel.calculated).toEqual([]);
    expect(dataRequests(service)).toEqual([]);
    expect(excel.read("B2").value).toBe("as saved");
  });

  it.each([
    ["another workbook", ["Book2.xlsx", "sample sample"]],
    ["another connection", ["Book1.xlsx", "sample other"]],
    ["another environment", ["Book1.xlsx", "production sample"]],
    ["something damaged", "Book1.xlsx"],
  ])("asks again if %s was agreed to", async (_, agreed) => {
    const service = await startService();
    const excel = await openCells({ service, saved, workbook: workbook(), agreed: [agreed] });
    await expect.poll(excel.isPaneShown).toBe(true);
    await excel.settled();
    expect(excel.calculated).toEqual([]);
  });

  it("waits for a connection, and keeps the saved values until then", async () => {
    const service = await startService();
    const excel = await openCells({ service, saved, workbook: workbook(), connections: [] });
    await excel.host.ready;
    excel.select("F1");
    await excel.press("refreshSelection");
    expect(excel.read("B2").value).toBe("as saved");
    excel.connectElsewhere([await service.connect({ environment: "sample" })]);
    await expect.poll(() => excel.read("B2").value).toMatch(/^\d+$/);
    expect(excel.calculated).toEqual(["Sheet1!B2"]);
  });
});
