import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runQuietly } from "../../../scripts/steps/run.mjs";
import { test } from "../../../scripts/steps/test.mjs";
import { describeTotals } from "../../../scripts/steps/test-totals.mjs";
import { makeProject } from "./project.ts";

/** Runs the real vitest on one file with this body, as `npm test` does. */
async function runTests(body: string, environment: NodeJS.ProcessEnv = {}) {
  const root = makeProject({
    "package.json": { type: "module" },
    "sums.test.js": `import { afterAll, describe, expect, it } from "vitest";\n${body}`,
  });
  symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"), "dir");
  const lines: string[] = [];
  const { PATH } = process.env;
  const code = await test({
    root,
    argv: [],
    environment: { PATH, ...environment },
    print: (line) => void lines.push(line),
    run: async (command, surroundings) => (await runQuietly(command, surroundings)).code,
  });
  return { code, lines };
}

const passing = `it("adds", () => expect(1 + 1).toBe(2));`;
const skipping = `
  describe("pages", () => {
    it("open", (context) => context.skip("no browser was found"));
    it("close", (context) => context.skip("no browser was found"));
  });
  it.todo("subtracts");`;

describe("npm test", () => {
  it("ends with the counts", async () => {
    expect(await runTests(passing)).toEqual({ code: 0, lines: ["1 passed, 0 failed, 0 skipped"] });
  });

  it("names what was skipped, and why, above them", async () => {
    expect(await runTests(passing + skipping)).toEqual({
      code: 0,
      lines: [
        "skipped 2 in sums.test.js > pages: no browser was found",
        "skipped 1 in sums.test.js: still to do",
        "1 passed, 0 failed, 3 skipped",
      ],
    });
  });

  it("says above the counts what was left out", async () => {
    const lines: string[] = [];
    const run = () => Promise.resolve(0);
    const print = (line: string) => void lines.push(line);
    await test({ root: ".", argv: [], environment: {}, print, notes: ["skipped the layer ship"], run });
    expect(lines.at(0)).toBe("skipped the layer ship");
    expect(lines.at(-1)).toMatch(/^\d+ passed/);
  });

  it("fails for a skipped test where CI is set", async () => {
    const { code, lines } = await runTests(passing + skipping, { CI: "true" });
    expect(code).toBe(1);
    expect(lines.at(0)).toContain("a skipped test fails the run");
    expect(lines.at(-1)).toBe("1 passed, 0 failed, 3 skipped");
  });

  it("counts a failed test, and what fails outside of tests", async () => {
    const failing = `
      it("fails", () => expect(1).toBe(2));
      describe("suite", () => { it("passes", () => {}); afterAll(() => { throw new Error("afterwards"); }); });`;
    expect(await runTests(passing + failing)).toEqual({ code: 1, lines: ["2 passed, 2 failed, 0 skipped"] });
  });

  it("counts a file that cannot be loaded", async () => {
    expect(await runTests(`import "./missing.js";`)).toEqual({
      code: 1,
      lines: ["0 passed, 1 failed, 0 skipped"],
    });
  });

  it("counts a run that never came to its tests as one failure", async () => {
    const lines: string[] = [];
    const code = await test({
      root: ".",
      argv: [],
      environment: {},
      print: (line) => void lines.push(line),
      run: () => Promise.resolve(1),
    });
    expect({ code, lines }).toEqual({ code: 1, lines: ["0 passed, 1 failed, 0 skipped"] });
  });

  it("hands its arguments to vitest", async () => {
    let given: string[] = [];
    const run = (command: { arguments: string[] }) => {
      given = command.arguments;
      return Promise.resolve(0);
    };
    await test({
      root: ".",
      argv: ["test/unit", "-t", "a name"],
      environment: {},
      print: () => undefined,
      run,
    });
    expect(given.slice(-3)).toEqual(["test/unit", "-t", "a name"]);
  });

  it("puts the counts last", () => {
    const totals = {
      passed: 3,
      failed: 0,
      skipped: 2,
      skips: [{ suite: "a.test.ts > pages", reason: "no browser", tests: 2 }],
    };
    expect(describeTotals(totals)).toEqual([
      "skipped 2 in a.test.ts > pages: no browser",
      "3 passed, 0 failed, 2 skipped",
    ]);
  });
});
