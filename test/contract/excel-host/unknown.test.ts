/** The limits of the emulation: anything that is not emulated fails at once, with its name. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openFixture } from "./fixture.ts";

type OfficeWindow = { Office: typeof Office; Excel: typeof Excel };

async function openOffice(): Promise<OfficeWindow> {
  const { host, page } = openFixture("");
  await host.ready;
  return page.window as unknown as OfficeWindow;
}

/** A request of an add-in, with the name in the refusal. */
const unknownMembers: readonly (readonly [name: string, ask: (context: Excel.RequestContext) => unknown])[] =
  [
    ["Workbook.PivotTables", ({ workbook }) => workbook.pivotTables.load("items/name")],
    ["Workbook.Save", ({ workbook }) => workbook.save()],
    ["Workbook.readOnly", ({ workbook }) => workbook.load("readOnly")],
    ["Worksheet.Charts", ({ workbook }) => workbook.worksheets.getActiveWorksheet().charts.load("items")],
    ["Worksheet.TabColor (set)", ({ workbook }) => (workbook.worksheets.getFirst().tabColor = "#ff0000")],
    ["Worksheet.tabColor", ({ workbook }) => workbook.worksheets.load("items/tabColor")],
    ["Range.Merge", ({ workbook }) => workbook.getActiveCell().merge()],
    ["Range.Style (set)", ({ workbook }) => (workbook.getActiveCell().style = "Good")],
    ["Range.hyperlink", ({ workbook }) => workbook.getActiveCell().load("hyperlink")],
    ["Range.GetImage", ({ workbook }) => workbook.getActiveCell().getImage()],
    ["RangeFormat.Borders", ({ workbook }) => workbook.getActiveCell().format.borders.load("items")],
    ["RangeFormat.rowHeight", ({ workbook }) => workbook.getActiveCell().format.load("rowHeight")],
    ["Application.calculationState", ({ workbook }) => workbook.application.load("calculationState")],
    ["Worksheet._RegisterCalculatedEvent", onCalculated],
    ["TableCollection._RegisterDataChangedEvent", ({ workbook }) => workbook.tables.onChanged.add(ignore)],
  ];

const ignore = () => Promise.resolve();

function onCalculated({ workbook }: Excel.RequestContext) {
  return workbook.worksheets.getActiveWorksheet().onCalculated.add(ignore);
}

describe("what is not emulated", () => {
  it.each(unknownMembers)("%s", async (name, ask) => {
    const { Excel } = await openOffice();
    const asked = Excel.run(async (context) => {
      ask(context);
      await context.sync();
    });
    await expect(asked).rejects.toMatchObject({
      code: "ApiNotFound",
      message: expect.stringContaining(name) as string,
    });
  });

  it("executes what came before it in the same request, and continues afterwards", async () => {
    const { Excel } = await openOffice();
    await Excel.run(async (context) => {
      const cell = context.workbook.getActiveCell();
      cell.values = [[7]];
      cell.merge();
      cell.values = [[8]];
      await expect(context.sync()).rejects.toMatchObject({ code: "ApiNotFound" });
      cell.load("values");
      await context.sync();
      expect(cell.values[0]![0]).toBe(7);
    });
  });

  it("a service", async () => {
    const { Office } = await openOffice();
    await expect(Office.addin.beforeDocumentCloseNotification.enable()).rejects.toMatchObject({
      code: "ApiNotFound",
      message: expect.stringContaining("BeforeDocumentCloseNotification") as string,
    });
  });

  it("a method and an event that are older than Excel.run", async () => {
    const { Office } = await openOffice();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    onTestFinished(() => warn.mockRestore());
    const document = Office.context.document;
    const results = await Promise.all([
      answer((done) => document.getSelectedDataAsync(Office.CoercionType.Text, done)),
      answer((done) => document.addHandlerAsync(Office.EventType.ActiveViewChanged, ignore, done)),
      answer((done) => Office.context.ui.displayDialogAsync("http://localhost:3000/dialog", done)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("method 64"));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("event 10 "));
  });
});

function answer(ask: (done: (result: Office.AsyncResult<unknown>) => void) => void) {
  return new Promise<Office.AsyncResult<unknown>>((resolve) => ask(resolve));
}
