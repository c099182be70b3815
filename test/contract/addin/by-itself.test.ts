/** The age of the data, and automatic refreshes, under every profile of Excel. */
import { describe, expect, it } from "vitest";
import { profileNames } from "../../../src/workbench/excel-host/profiles.ts";
import { openProfile } from "./walk/flows.ts";
import { numberOf } from "./walk/source.ts";

const minute = 60_000;
const first = Date.UTC(2026, 10, 30, 9);

/** The serial of a moment on the analyst's clock. */
const serialOf = (ms: number) => ms / 86_400_000 - new Date(ms).getTimezoneOffset() / 1440 + 25_569;

async function openWithTime(...given: Parameters<typeof openProfile>) {
  const opened = await openProfile(...given);
  const { spreadsheet } = opened.excel;
  const area = { sheetId: "sheet-1", row: 0, column: 0, rows: 1, columns: 1 };
  spreadsheet.write(area, [['=KAL.STATUS("dataAsOf")']]);
  await opened.settle();
  return opened;
}

type Opened = Awaited<ReturnType<typeof openWithTime>>;

/** Presses Refresh and waits until everything is answered. @returns the time of pressing */
async function refresh(opened: Opened): Promise<number> {
  const pressedAt = opened.clock.now();
  await opened.press("refreshWorkbook");
  await opened.settle();
  return pressedAt;
}

describe.each(profileNames)("%s", (profile) => {
  it("shows the time of the last refresh of everything without failures", async () => {
    const opened = await openWithTime(profile);
    await opened.put("B2", "number", 1);
    expect(opened.value("A1")).toBe("");
    const pressedAt = await refresh(opened);
    expect(opened.value("A1")).toBeCloseTo(serialOf(pressedAt), 4);
    const known = opened.value("A1");
    opened.source.fault = "offline";
    await refresh(opened);
    expect(opened.value("A1")).toBe(known);
    opened.source.fault = "none";
    await opened.press("retryFailed");
    await opened.settle();
    expect(opened.value("A1")).toBe(known);
    const again = await refresh(opened);
    expect(opened.value("A1")).toBeCloseTo(serialOf(again), 4);
  });

  it("says when a refresh has ended, and how much of it failed", async () => {
    const opened = await openWithTime(profile);
    const ended = () => opened.page().lastOutcome()?.result?.ended;
    await opened.put("B2", "number", 1);
    await opened.put("Prices!B2", "number", 2);
    const pressedAt = await refresh(opened);
    expect(ended()).toMatchObject({ failed: 0 });
    expect(Date.parse(ended()!.since)).toBeGreaterThanOrEqual(pressedAt);
    opened.source.fault = "offline";
    await refresh(opened);
    expect(ended()).toMatchObject({ failed: 2 });
    opened.source.fault = "none";
    await opened.press("retryFailed");
    await opened.settle();
    expect(ended()).toMatchObject({ failed: 0 });
  });

  it("asks again where another sheet is active by the time of the answer", async () => {
    const opened = await openWithTime(profile);
    const { confirmation } = opened.page();
    const { spreadsheet } = opened.excel;
    await opened.put("B2", "number", 1);
    await opened.put("Prices!B2", "number", 2);
    await opened.press("convertSheet");
    expect(confirmation.question()).toMatchObject({ command: "convertSheet", formulas: 2 });
    spreadsheet.activateSheet(spreadsheet.sheets().find(({ name }) => name === "Prices")!.id);
    void confirmation.answer(true);
    await opened.settle();
    expect(opened.excel.read("Prices!B2").formula).toMatch(/^=/);
  });

  it("refreshes on a schedule if somebody has switched it on here", async () => {
    const opened = await openWithTime(profile);
    const { schedule } = opened.page();
    await opened.put("B2", "number", 1);
    schedule.choose(5);
    opened.source.change();
    await opened.clock.pass(4 * minute);
    expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
    await opened.clock.pass(2 * minute);
    expect(opened.value("B2")).toBe(numberOf(1, 2, 0));
    expect(schedule.state()).toMatchObject({ minutes: 5, last: { error: undefined } });
    opened.source.fault = "offline";
    await opened.clock.pass(30 * minute);
    expect(schedule.state()).toMatchObject({ isWaiting: true, last: { error: { code: "KAL_OFFLINE" } } });
    opened.source.fault = "none";
    await refresh(opened);
    expect(schedule.state().isWaiting).toBe(false);
    schedule.choose(0);
    expect(schedule.state()).toMatchObject({ minutes: 0, nextAt: undefined });
  });

  it("makes a snapshot of the sheet", async () => {
    const opened = await openWithTime(profile);
    const { spreadsheet } = opened.excel;
    await opened.put("B2", "table", 1);
    const outcome = await opened.press("snapshotSheet");
    await opened.settle();
    const isBehind = opened.behaviours.window !== "front";
    if (isBehind) return expect(outcome?.error).toBeDefined();
    const name = (outcome?.result?.did as { readonly snapshot: string }).snapshot;
    expect(name).toMatch(/^Sheet1 2026-11-30 \d\d\.\d\d$/);
    const copy = spreadsheet.sheets().find((sheet) => sheet.name === name)!;
    const area = { sheetId: copy.id, row: 0, column: 0, rows: 4, columns: 4 };
    const original = spreadsheet.read({ ...area, sheetId: "sheet-1" });
    const copied = spreadsheet.read(area);
    expect(copied.flat().some(({ formula }) => String(formula).startsWith("="))).toBe(false);
    expect(copied.map((row) => row.map(({ value }) => value))).toEqual(
      original.map((row) => row.map(({ value }) => value)),
    );
  });

  it("converts the whole workbook after a person has confirmed it in the pane", async () => {
    const opened = await openWithTime(profile);
    const { confirmation } = opened.page();
    await opened.put("B2", "number", 1);
    await opened.put("Prices!B2", "number", 2);
    await opened.press("convertWorkbook");
    expect(confirmation.question()).toEqual({ command: "convertWorkbook", formulas: 3, tables: 0 });
    void confirmation.answer(false);
    await opened.settle();
    expect(opened.excel.read("Prices!B2").formula).toMatch(/^=/);
    await opened.press("convertWorkbook");
    void confirmation.answer(true);
    await opened.settle();
    await opened.settle();
    expect(opened.excel.read("B2").formula).toBe(numberOf(1, 1, 0));
    expect(opened.excel.read("Prices!B2").formula).toBe(numberOf(2, 1, 0));
  });
});

it("does not refresh if only somebody else has switched it on", async () => {
  const opened = await openWithTime("windows");
  opened.page().settings.write({ "KAL.refreshEvery": 5 });
  await opened.put("B2", "number", 1);
  opened.source.change();
  await opened.clock.pass(60 * minute);
  expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
  expect(opened.page().schedule.state()).toMatchObject({ minutes: 0, inWorkbook: 5 });
  expect(opened.clock.now()).toBeGreaterThan(first);
});
