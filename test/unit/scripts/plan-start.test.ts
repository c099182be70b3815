import { describe, expect, it } from "vitest";
import { planStart, readStartOptions, targetsFor } from "../../../scripts/steps/plan-start.mjs";

const facts = { platform: "linux", excelFound: false, display: true, environment: {} } as const;
const plan = (argv: string[], more: Partial<Parameters<typeof planStart>[0]> = {}) =>
  planStart({ ...facts, ...more, options: readStartOptions(argv) });

describe("the options of npm start", () => {
  it.each([
    [["--prot", "1"], "Unknown option '--prot'"],
    [["--port"], "argument missing"],
    [["--port", "80000"], '--port is "80000"'],
    [["--port", "3000x"], '--port is "3000x"'],
    [["--port=-1"], '--port is "-1"'],
    [["--no-open=yes"], "does not take an argument"],
    [["somewhere"], "Unexpected argument 'somewhere'"],
    [["--excel", "--workbench"], "not both"],
    [["--sign-in-as", "dora"], '--sign-in-as is "dora"'],
    [["--sign-in", "--no-sample"], "workbench and its sample data"],
    [["--sign-in-as", "ben", "--sign-in-dialog"], "by a dialog"],
  ])("%j is refused with the usage and exit code 2", (argv, message) => {
    expect(() => readStartOptions(argv)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(new RegExp(`${message}[^]*Usage: npm start`)) as string,
      }),
    );
  });
});

describe("the plan of npm start", () => {
  it("serves the browser on Linux, with sample data", () => {
    expect(plan([])).toEqual({ mode: "browser", port: 3000, sample: true, openBrowser: true, notes: [] });
  });

  it.each([
    [["--sign-in"], "ada"],
    [["--sign-in-as", "ben"], "ben"],
    [["--sign-in-dialog"], undefined],
  ])("signs people in with %j, in the browser also where Excel is found", (argv, person) => {
    expect(plan(argv, { platform: "win32", excelFound: true })).toMatchObject({
      mode: "browser",
      signIn: { person },
    });
  });

  it.each(["win32", "darwin"] as const)("serves Excel on %s where it is found", (platform) => {
    expect(plan([], { platform, excelFound: true })).toEqual({
      mode: "excel",
      port: 3000,
      sample: true,
      openBrowser: false,
      notes: [],
    });
  });

  it.each(["win32", "darwin"] as const)("says on %s that Excel was not found", (platform) => {
    const { mode, notes } = plan([], { platform });
    expect(mode).toBe("browser");
    expect(notes.join()).toContain("Excel was not found");
  });

  it("builds the workbench for the browser only", () => {
    expect(targetsFor(plan([], { platform: "win32", excelFound: true }).mode)).toEqual([
      "addin",
      "service",
      "local",
    ]);
    expect(targetsFor(plan([]).mode)).toContain("workbench");
  });

  it("serves Excel when told to, even if it was not found", () => {
    expect(plan(["--excel"], { platform: "win32" })).toMatchObject({ mode: "excel", notes: [] });
  });

  it("serves the browser when told to, even if Excel was found", () => {
    expect(plan(["--workbench"], { platform: "win32", excelFound: true })).toMatchObject({
      mode: "browser",
      notes: [],
    });
  });

  it("refuses Excel on other platforms", () => {
    expect(() => plan(["--excel"])).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it.each([
    ["--no-open", ["--no-open"], {}],
    ["no display", [], { display: false }],
    ["CI", [], { environment: { CI: "true" } }],
  ])("opens no browser with %s", (_, argv, more) => {
    expect(plan(argv, more).openBrowser).toBe(false);
  });

  it("takes the port from the command line, else from KAL_PORT", () => {
    const environment = { KAL_PORT: "4000" };
    expect(plan([], { environment }).port).toBe(4000);
    expect(plan(["--port", "5000"], { environment }).port).toBe(5000);
    expect(() => plan([], { environment: { KAL_PORT: "http" } })).toThrow('KAL_PORT is "http"');
  });

  it("leaves the sample environment out when told to", () => {
    expect(plan(["--no-sample"]).sample).toBe(false);
  });
});
