import { describe, expect, it } from "vitest";
import { describeFunction, openFixture } from "./fixture.ts";

const any = { name: "value", type: "any" } as const;
const matrix = { name: "values", type: "any", dimensionality: "matrix" } as const;

/** The raw result that office.js sent, for what cells do not show. */
function sentResults(requests: string[]): unknown[] {
  return requests
    .flatMap(
      (body) =>
        (JSON.parse(body) as { Actions: { Name?: string; ArgumentInfo?: { Arguments?: unknown[][] } }[] })
          .Actions,
    )
    .filter((action) => action.Name?.startsWith("SetInvocation"))
    .flatMap((action) => action.ArgumentInfo?.Arguments?.[0] ?? []);
}

describe("a call through Microsoft's proxy", () => {
  it("returns values with their types", async () => {
    const { host } = openFixture(`CustomFunctions.associate("ECHO", (value) => value);`, {
      functions: [describeFunction("ECHO", [any])],
    });
    const invocations = host.invokeAll(
      ["text", "", 1.5, 0, true, false].map((value) => ({ functionId: "ECHO", args: [value] })),
    );
    expect(invocations[0]!.cells).toEqual([[{ error: "#BUSY!" }]]);
    const cells = await Promise.all(invocations.map(({ result }) => result));
    expect(cells.map((rows) => rows[0]![0])).toEqual(
      ["text", "", 1.5, 0, true, false].map((value) => ({ value })),
    );
    expect(invocations[0]!.cells).toEqual([[{ value: "text" }]]);
  });

  it("is accepted from Microsoft's own client code", async () => {
    const { host } = openFixture(`CustomFunctions.associate("STACK", () => new Error("here").stack);`, {
      functions: [describeFunction("STACK")],
    });
    const [[cell]] = (await host.invoke({ functionId: "STACK", args: [] }).result) as [[{ value: string }]];
    expect(cell.value).toContain("office-js/dist/excel-win32-16.01.js");
  });

  it("returns a matrix: dates with their format, errors per cell, null as 0", async () => {
    const { host } = openFixture(
      `CustomFunctions.associate("TABLE", async () => [
        ["site", "date", "price"],
        ["N1", { type: "Double", basicValue: 46000, numberFormat: "yyyy-mm-dd" }, null],
        [new CustomFunctions.FormattedNumber(46000.5, "yyyy-mm-dd hh:mm"), NaN,
          new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, "no price")],
      ]);`,
      { functions: [describeFunction("TABLE")] },
    );
    expect(await host.invoke({ functionId: "TABLE", args: [] }).result).toEqual([
      [{ value: "site" }, { value: "date" }, { value: "price" }],
      [{ value: "N1" }, { value: 46000, numberFormat: "yyyy-mm-dd" }, { value: 0 }],
      [
        { value: 46000.5, numberFormat: "yyyy-mm-dd hh:mm" },
        { value: 0 },
        { error: "#N/A", message: "no price" },
      ],
    ]);
  });

  it("keeps the text of a thrown or rejected CustomFunctions.Error, and loses that of a plain Error", async () => {
    const codes = ["thrown", "rejected", "plain", "plainRejected", "text"];
    const { host } = openFixture(
      `CustomFunctions.associate("FAIL", (how) => {
        const error = new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, "what to do");
        if (how === "thrown") throw error;
        if (how === "rejected") return Promise.reject(error);
        if (how === "plain") throw new Error("lost");
        if (how === "plainRejected") return Promise.reject(new Error("lost"));
        return Promise.reject("as text");
      });`,
      { functions: [describeFunction("FAIL", [any])] },
    );
    const calls = host.invokeAll(codes.map((how) => ({ functionId: "FAIL", args: [how] })));
    const cells = await Promise.all(calls.map(async ({ result }) => (await result)[0]![0]));
    expect(cells).toEqual([
      { error: "#VALUE!", message: "what to do" },
      { error: "#VALUE!", message: "what to do" },
      { error: "#VALUE!" },
      { error: "#VALUE!" },
      { error: "#VALUE!", message: "as text" },
    ]);
  });

  it.each([
    ["notAvailable", { error: "#N/A", message: "text" }],
    ["divisionByZero", { error: "#DIV/0!" }],
    ["invalidNumber", { error: "#NUM!" }],
    ["nullReference", { error: "#NULL!" }],
    ["invalidReference", { error: "#VALUE!", message: "text" }],
  ])("shows a thrown %s as Excel would", async (code, cell) => {
    const { host } = openFixture(
      `CustomFunctions.associate("FAIL", (code) => {
        throw new CustomFunctions.Error(CustomFunctions.ErrorCode[code], "text");
      });`,
      { functions: [describeFunction("FAIL", [any])] },
    );
    expect(await host.invoke({ functionId: "FAIL", args: [code] }).result).toEqual([[cell]]);
  });

  it("passes null for an omitted argument, and a single value as a matrix", async () => {
    const { host } = openFixture(
      `CustomFunctions.associate("SHOW", (...all) => JSON.stringify(all.slice(0, -1)));`,
      {
        functions: [
          describeFunction("SHOW", [
            { ...any, name: "first" },
            { ...matrix, optional: true },
            { ...any, name: "third", optional: true },
          ]),
        ],
      },
    );
    const [alone, all] = host.invokeAll([
      { functionId: "SHOW", args: ["a"] },
      { functionId: "SHOW", args: ["a", 1, "b"] },
    ]);
    expect(await alone!.result).toEqual([[{ value: `["a",null,null]` }]]);
    expect(await all!.result).toEqual([[{ value: `["a",[[1]],"b"]` }]]);
  });

  it("passes the address only to a function that requests it", async () => {
    const show = `(invocation) => String(invocation.address)`;
    const { host } = openFixture(`CustomFunctions.associate({ ASKS: ${show}, DOESNOT: ${show} });`, {
      functions: [describeFunction("ASKS", [], { requiresAddress: true }), describeFunction("DOESNOT")],
    });
    const [asks, doesNot] = host.invokeAll(
      ["ASKS", "DOESNOT"].map((functionId) => ({ functionId, args: [], address: "Sheet1!B2" })),
    );
    expect(await asks!.result).toEqual([[{ value: "Sheet1!B2" }]]);
    expect(await doesNot!.result).toEqual([[{ value: "undefined" }]]);
  });

  it("calls onCanceled and ignores a late answer", async () => {
    const { host, page, requests } = openFixture(
      `window.cancelled = [];
      CustomFunctions.associate({
        SLOW: (invocation) => new Promise((resolve) => {
          invocation.onCanceled = () => { window.cancelled.push("SLOW"); resolve("late"); };
        }),
        QUICK: () => "quick",
      });`,
      { functions: [describeFunction("SLOW", [], { cancelable: true }), describeFunction("QUICK")] },
    );
    const slow = host.invoke({ functionId: "SLOW", args: [] });
    await host.invoke({ functionId: "QUICK", args: [] }).result;
    host.cancel(slow.id);
    host.cancel(slow.id);
    await expect(slow.result).rejects.toThrow("cancelled");
    await expect.poll(() => sentResults(requests)).toHaveLength(2);
    expect(page.window.cancelled).toEqual(["SLOW"]);
    // office.js does send it: ignoring it is the host's job.
    expect(sentResults(requests)[1]).toEqual(expect.arrayContaining([slow.id, true, "late"]));
    expect(slow.cells).toEqual([[{ error: "#BUSY!" }]]);
  });

  it("answers 5,000 calls of one message in few messages", async () => {
    const { host, requests } = openFixture(`CustomFunctions.associate("TWICE", async (n) => n * 2);`, {
      functions: [describeFunction("TWICE", [{ name: "n", type: "number" }])],
    });
    await host.ready;
    const before = requests.length;
    const calls = host.invokeAll(
      Array.from({ length: 5000 }, (_, n) => ({ functionId: "TWICE", args: [n] })),
    );
    const cells = await Promise.all(calls.map(({ result }) => result));
    expect(cells.every((rows, n) => (rows[0]![0] as { value: number }).value === n * 2)).toBe(true);
    // The number depends on the speed of this computer: one per flush of office.js, not one per call.
    expect(requests.length - before).toBeLessThan(20);
  });

  it("shows an error for a function that the add-in never associated", async () => {
    const { host } = openFixture("", { functions: [describeFunction("GHOST")] });
    expect(await host.invoke({ functionId: "GHOST", args: [] }).result).toEqual([[{ error: "#VALUE!" }]]);
  });

  it("refuses a wrong number of arguments and an unknown function before anything is sent", async () => {
    const { host, requests } = openFixture(`CustomFunctions.associate("ECHO", (value) => value);`, {
      functions: [describeFunction("ECHO", [any])],
    });
    await host.ready;
    const before = requests.length;
    const good = { functionId: "ECHO", args: [1] };
    expect(() => host.invokeAll([good, { functionId: "ECHO", args: [] }])).toThrow("too few");
    expect(() => host.invokeAll([good, { functionId: "ECHOE", args: [1] }])).toThrow("Did you mean “ECHO”?");
    await host.invoke(good).result;
    expect(sentResults(requests.slice(before))).toHaveLength(1);
  });
});
