import { describe, expect, it } from "vitest";
import { browserCommand, findExcel, hasDisplay } from "../../../scripts/steps/platform.mjs";

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

  it("knows that there is none elsewhere", async () => {
    expect(await findExcel({ platform: "linux", exists: () => true, run: never })).toBe(false);
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
