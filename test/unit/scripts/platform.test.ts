import { describe, expect, it } from "vitest";
import { browserCommand, describeExcel, findExcel, hasDisplay } from "../../../scripts/steps/platform.mjs";

const never = () => Promise.reject(new Error("no program must run"));

describe("findExcel", () => {
  it("asks the registry on Windows", async () => {
    for (const [code, found] of [
      [0, true],
      [1, false],
    ] as const) {
      const commands: unknown[] = [];
      const run = (command: { program: string; arguments: string[] }) => {
        commands.push([command.program, ...command.arguments]);
        return Promise.resolve({ code, output: "" });
      };
      expect(await findExcel({ platform: "win32", run })).toBe(found);
      expect(commands).toEqual([
        ["reg", "query", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe", "/ve"],
      ]);
    }
  });

  it.each([
    ["/Applications/Microsoft Excel.app", true],
    ["/Users/ana/Applications/Microsoft Excel.app", true],
    ["/Applications/Numbers.app", false],
  ])("looks for the application on macOS: %s", async (present, found) => {
    const exists = (file: string) => file === present;
    expect(await findExcel({ platform: "darwin", home: "/Users/ana", exists, run: never })).toBe(found);
  });

  it("finds none on other systems", async () => {
    expect(await findExcel({ platform: "linux", exists: () => true, run: never })).toBe(false);
  });
});

describe("describeExcel", () => {
  const configuration = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration";
  /** The output of `reg query … /v …` for a value. */
  const valueOf = (name: string, value: string) =>
    `\r\n${configuration.replace("HKLM", "HKEY_LOCAL_MACHINE")}\r\n    ${name}    REG_SZ    ${value}\r\n\r\n`;

  it("reads version and products on Windows, and nothing else of what Office keeps there", async () => {
    const commands: string[][] = [];
    const run = ({ arguments: given }: { arguments: string[] }) => {
      commands.push(given);
      const name = given[3] ?? "";
      const value = name === "VersionToReport" ? "16.0.17928.20114" : "O365ProPlusRetail,VisioProRetail";
      return Promise.resolve({ code: 0, output: name === "" ? "" : valueOf(name, value) });
    };
    expect(await describeExcel({ platform: "win32", run })).toBe(
      "16.0.17928.20114 O365ProPlusRetail,VisioProRetail",
    );
    expect(commands.slice(1)).toEqual([
      ["query", configuration, "/v", "VersionToReport", "/reg:64"],
      ["query", configuration, "/v", "ProductReleaseIds", "/reg:64"],
    ]);
  });

  it("reads the version of the application on macOS, in the folder of the person too", async () => {
    const home = "/Users/ana/Applications/Microsoft Excel.app";
    const commands: unknown[] = [];
    const run = ({ program, arguments: given }: { program: string; arguments: string[] }) => {
      commands.push([program, ...given]);
      return Promise.resolve({ code: 0, output: "16.103.25101427\n" });
    };
    const exists = (file: string) => file === home;
    expect(await describeExcel({ platform: "darwin", home: "/Users/ana", exists, run })).toBe(
      "16.103.25101427",
    );
    expect(commands).toEqual([["defaults", "read", `${home}/Contents/Info`, "CFBundleVersion"]]);
  });

  it.each([
    ["win32", "ERROR: The system was unable to find the specified registry key or value."],
    ["darwin", "The domain/default pair of (…/Info, CFBundleVersion) does not exist"],
  ] as const)("says that the version cannot be read: %s", async (platform, output) => {
    const run = ({ arguments: given }: { arguments: string[] }) =>
      Promise.resolve({ code: given.includes("/ve") ? 0 : 1, output });
    expect(await describeExcel({ platform, exists: () => true, run })).toBe("found, version unknown");
  });

  it("says where there is no Excel", async () => {
    expect(await describeExcel({ platform: "linux", exists: () => true, run: never })).toBe("not found");
    expect(await describeExcel({ platform: "darwin", exists: () => false, run: never })).toBe("not found");
  });
});

describe("the browser", () => {
  it.each([
    ["win32", {}, true],
    ["darwin", {}, true],
    ["linux", {}, false],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
  ] as const)("can appear on %s with %j: %s", (platform, environment, expected) => {
    expect(hasDisplay(platform, environment)).toBe(expected);
  });

  it.each([
    ["win32", "rundll32", ["url.dll,FileProtocolHandler", "http://localhost:1/?a&b"]],
    ["darwin", "open", ["http://localhost:1/?a&b"]],
    ["linux", "xdg-open", ["http://localhost:1/?a&b"]],
  ] as const)("is opened on %s", (platform, program, programArguments) => {
    expect(browserCommand(platform, "http://localhost:1/?a&b")).toEqual({
      program,
      arguments: programArguments,
    });
  });
});
