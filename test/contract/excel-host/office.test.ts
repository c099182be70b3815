import { describe, expect, it } from "vitest";
import { excel2021 } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { describeFunction, openFixture } from "./fixture.ts";

type OfficeWindow = { Office: typeof Office; Excel: typeof Excel; CustomFunctions: typeof CustomFunctions };

const date = `CustomFunctions.associate("DAY", () => [[{ type: "Double", basicValue: 46000, numberFormat: "yyyy-mm-dd" }]]);`;

describe("what office.js sees", () => {
  it("is Excel on Windows with a shared runtime whose pane is closed", async () => {
    const { host, page, errors } = openFixture(`window.start = Office.onReady();`, {
      host: { isDark: false },
    });
    await host.ready;
    expect(await page.window.start).toMatchObject({
      host: "Excel",
      platform: "PC",
      addin: { visibilityMode: "Hidden" },
    });
    const { context } = (page.window as unknown as OfficeWindow).Office;
    expect(context.officeTheme.bodyBackgroundColor).toBe("#ffffff");
    // A desktop has no storage partitions: the add-in's storage belongs to this computer.
    expect(context.partitionKey).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it("makes no network request", async () => {
    const asked: string[] = [];
    const { host } = openFixture("", {
      page: {
        fetch: (address) => {
          asked.push(new Request(address).url);
          return Promise.reject(new TypeError("no network here"));
        },
      },
    });
    await host.ready;
    expect(asked).toEqual([]);
  });

  it("is Microsoft 365 by default", async () => {
    const { host, page } = openFixture(date, { functions: [describeFunction("DAY")] });
    await host.ready;
    const { requirements } = (page.window as unknown as OfficeWindow).Office.context;
    expect(requirements.isSetSupported("CustomFunctionsRuntime", "1.4")).toBe(true);
    expect(requirements.isSetSupported("CustomFunctionsRuntime", "1.5")).toBe(false);
    expect(requirements.isSetSupported("SharedRuntime", "1.2")).toBe(true);
    expect(requirements.isSetSupported("ExcelApi", "1.19")).toBe(true);
    expect(await host.invoke({ functionId: "DAY", args: [] }).result).toEqual([
      [{ value: 46000, numberFormat: "yyyy-mm-dd" }],
    ]);
  });

  it("can be Excel 2021, which accepts no data types", async () => {
    const { host, page, requests } = openFixture(
      date + `CustomFunctions.associate("FAIL", () => { throw new CustomFunctions.Error("#N/A", "none"); });`,
      {
        functions: [describeFunction("DAY"), describeFunction("FAIL")],
        host: { requirementSets: excel2021 },
      },
    );
    await host.ready;
    const { requirements } = (page.window as unknown as OfficeWindow).Office.context;
    expect(requirements.isSetSupported("CustomFunctionsRuntime", "1.3")).toBe(true);
    expect(requirements.isSetSupported("CustomFunctionsRuntime", "1.4")).toBe(false);
    expect(requirements.isSetSupported("SharedRuntime", "1.2")).toBe(false);
    const [day, fail] = host.invokeAll(["DAY", "FAIL"].map((functionId) => ({ functionId, args: [] })));
    expect(await day!.result).toEqual([[{ error: "#VALUE!" }]]);
    expect(await fail!.result).toEqual([[{ error: "#N/A", message: "none" }]]);
    expect(requests.join()).toContain("SetInvocationResults");
    expect(requests.join()).not.toContain("_GetEnabledFeatures");
  });

  it("waits for CustomFunctions.delayInitialization to be lifted", async () => {
    const { host } = openFixture(
      `CustomFunctions.delayInitialization();
      Office.onReady(() => setTimeout(() => CustomFunctions.associate({ LATE: () => "here" }), 0));`,
      { functions: [describeFunction("LATE")] },
    );
    expect(await host.invoke({ functionId: "LATE", args: [] }).result).toEqual([[{ value: "here" }]]);
  });

  it("keeps document settings in the workbook", async () => {
    const workbook = createMemoryWorkbook();
    const first = openFixture("", { host: { workbook } });
    await first.host.ready;
    const { settings } = (first.page.window as unknown as OfficeWindow).Office.context.document;
    expect(settings.get("kal.connection")).toBeNull();
    settings.set("kal.connection", { name: "production" });
    const saved = await new Promise<Office.AsyncResult<void>>((resolve) => settings.saveAsync(resolve));
    expect(saved.status).toBe("succeeded");
    expect(workbook.readSettings()).toEqual({ "kal.connection": `{"name":"production"}` });

    const second = openFixture("", { host: { workbook } });
    await second.host.ready;
    const reopened = (second.page.window as unknown as OfficeWindow).Office.context.document.settings;
    expect(reopened.get("kal.connection")).toEqual({ name: "production" });
  });

  it("shows and hides the task pane, and reports it", async () => {
    const { host, page } = openFixture(
      `window.seen = [];
      window.listening = Office.onReady().then(() =>
        Office.addin.onVisibilityModeChanged(({ visibilityMode }) => window.seen.push(visibilityMode)));`,
    );
    await host.ready;
    await page.window.listening;
    const { addin } = (page.window as unknown as OfficeWindow).Office;
    await addin.showAsTaskpane();
    expect(host.paneVisible).toBe(true);
    await expect.poll(() => page.window.seen).toEqual(["Taskpane"]);
    host.setPaneVisible(false);
    await expect.poll(() => page.window.seen).toEqual(["Taskpane", "Hidden"]);
    await addin.hide();
    expect(host.paneVisible).toBe(false);
  });
});
