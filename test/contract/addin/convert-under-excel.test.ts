/** Converts formulas in an Excel that shows answers late or reports other formats than it displays. */
import { expect, it } from "vitest";
import { alone, json } from "./alone.ts";
import { openCells } from "./cells.ts";
import { startService } from "./kal.ts";

const prices = '=KAL.QUERY("price","(entityVariant=Own)","effectiveTime, price",0,3)';

it("keeps dates when Excel reports the cell's own format instead of the value's", async () => {
  const excel = await openCells({ service: await startService(), behaviours: { spilledFormats: "ofCell" } });
  excel.enter("B2", prices);
  await excel.settled();
  const shown = () => ["B2", "C2", "B3", "B4"].map((cell) => excel.read(cell).text);
  const before = shown();
  expect(before[0]).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d$/);
  expect(excel.read("B2").numberFormat).toBe("General");
  excel.select("B2:C4");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toEqual(expect.any(Number));
  expect(shown()).toEqual(before);
});

/** A service that numbers its answers to queries and never answers anything else. */
function numberedAnswers() {
  let asked = 0;
  const fetch = ((address: URL) => {
    if (!address.pathname.endsWith("/query")) return new Promise(() => undefined);
    const rows = [[`answer ${++asked}`]];
    const columns = [{ name: "a", label: "A", type: "text" }];
    return json(200, { columns, rows, rowCount: 1, asOf: "2026-11-20T07:00:00Z" });
  }) as typeof globalThis.fetch;
  return { fetch, asked: () => asked };
}

it("waits for an answer that Excel has not shown yet, and keeps no old value", async () => {
  const { fetch, asked } = numberedAnswers();
  const excel = await openCells({
    ...alone(fetch),
    behaviours: { whileCalling: "oldValue", answers: "late" },
  });
  excel.enter("B2", '=KAL.QUERY("site",,"a",0)');
  await expect.poll(() => excel.read("B2").value).toBe("answer 1");
  excel.select("B2");
  await excel.press("refreshWorkbook");
  await expect.poll(asked).toBe(2);
  // By now the add-in has answered, but Excel has not shown it.
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(excel.read("B2").value).toBe("answer 1");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toBe("answer 2");
});

it("skips and reports a formula whose answer Excel has lost, and converts it after a refresh", async () => {
  const { fetch, asked } = numberedAnswers();
  const excel = await openCells({ ...alone(fetch), behaviours: { whileCalling: "oldValue" } });
  const formula = '=KAL.QUERY("site",,"a",0)';
  excel.enter("B2", formula);
  await expect.poll(() => excel.read("B2").value).toBe("answer 1");
  excel.select("B2");
  excel.behaviours.answers = "lost";
  await excel.press("refreshWorkbook");
  await expect.poll(() => excel.read("B2").value).toBe("answer 2");
  // Every third answer is lost.
  await excel.press("refreshWorkbook");
  await expect.poll(asked).toBe(3);
  await excel.press("convertSelection");
  expect(excel.read("B2")).toMatchObject({ formula, value: "answer 2" });
  expect(excel.isPaneShown()).toBe(true);
  excel.behaviours.answers = "shown";
  await excel.press("refreshWorkbook");
  await expect.poll(() => excel.read("B2").value).toBe("answer 4");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toBe("answer 4");
});

it("skips and reports formulas while a call without a known cell is open", async () => {
  const never = new Promise<Response>(() => undefined);
  const excel = await openCells({
    ...alone(() => never),
    saved: { "Sheet1!B2": ['=KAL.QUERY("site")', [[{ value: "old" }]]] },
    behaviours: { whileCalling: "oldValue" },
  });
  await excel.host.ready;
  void excel.call("QUERY", "site");
  excel.select("B2");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toBe('=KAL.QUERY("site")');
  expect(excel.isPaneShown()).toBe(true);
});

it("lets undo revert a conversion even if saving settings clears undo", async () => {
  const service = await startService();
  const excel = await openCells({ service, behaviours: { undo: "clearedBySettings" } });
  excel.enter("B2", prices);
  await excel.settled();
  await expect.poll(() => Object.keys(excel.workbook.readSettings())).toContain("KAL.dates");
  excel.spreadsheet.clearUndo?.();
  await excel.press("refreshWorkbook");
  await excel.settled();
  excel.select("B2");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toEqual(expect.any(Number));
  expect(excel.spreadsheet.undoAll()).toBe(true);
  expect(excel.read("B2").formula).toBe(prices);
});
