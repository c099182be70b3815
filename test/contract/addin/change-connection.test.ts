/** Replaces one connection by another in the whole workbook, under every profile of Excel. */
import { expect, it } from "vitest";
import { hostProfiles, profileNames } from "../../../src/workbench/excel-host/profiles.ts";
import { startService } from "./kal.ts";
import { openTables } from "./tables.ts";

it.each(profileNames)("%s: lists what changes, then changes it and nothing else", async (profile) => {
  const service = await startService();
  const connections = [
    await service.connect({ environment: "sample" }),
    await service.connect({ environment: "sample", label: "other" }),
  ];
  const excel = await openTables({ service, connections, ...hostProfiles[profile] });
  const { spreadsheet, changeConnection } = excel;
  // With another workbook in front, Excel cannot select a cell; a new table begins at the selected cell.
  const isFront = excel.behaviours.window === "front";
  spreadsheet.addSheet("Prices");
  spreadsheet.setName("Sites", '=KAL.QUERY("sample:site",,"name",0,2)');
  excel.enter("A1", '=KAL.STATUS("state","sample")');
  excel.enter("Prices!A1", '=IFERROR(KAL.QUERY("Sample:site",,"name",0,1),"none")');
  excel.enter("Prices!B1", '=KAL.QUERY("site","(name=sample:x)","name",0,1)');
  await excel.settled();
  if (isFront) {
    excel.select("D1");
    await excel.insertTable({ connection: "sample", collection: "site", fields: ["name"], limit: 2 });
  }
  const uses = {
    formulas: [
      { sheet: "Sheet1", count: 1 },
      { sheet: "Prices", count: 1 },
    ],
    names: ["Sites"],
    tables: isFront ? ["KAL_site"] : [],
    unread: [],
  };
  expect(await changeConnection("sample", "other", false)).toEqual(uses);
  expect(excel.read("A1").formula).toBe('=KAL.STATUS("state","sample")');
  expect(await changeConnection("sample", "other", true)).toEqual(uses);
  await excel.settled();
  expect(excel.read("A1").formula).toBe('=KAL.STATUS("state","other")');
  expect(excel.read("Prices!A1").formula).toBe('=IFERROR(KAL.QUERY("other:site",,"name",0,1),"none")');
  expect(excel.read("Prices!B1").formula).toBe('=KAL.QUERY("site","(name=sample:x)","name",0,1)');
  expect(spreadsheet.names()[0]!.formula).toBe('=KAL.QUERY("other:site",,"name",0,2)');
  if (isFront) expect(excel.kept()["KAL_site"]!.query).toMatchObject({ connection: "other" });
  expect(await changeConnection("sample", "other", false)).toMatchObject({
    formulas: [],
    names: [],
    tables: [],
  });
});
