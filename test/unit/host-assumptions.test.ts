/**
 * docs/host-assumptions.md, the facts of Excel behind it and the script for a real Excel beside it,
 * docs/try-in-excel.md: their lines refer to each other, and the buttons that the script names are there.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hostBehaviours } from "../../src/workbench/excel-host/behaviours.ts";
import { hostProfiles } from "../../src/workbench/excel-host/profiles.ts";
import { excelFacts } from "../support/excel-facts.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Cells of the rows whose first cell fits; a bar within a cell is written \|. */
const rowsOf = (page: string, first: RegExp) =>
  page
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter(([cell = ""]) => first.test(cell));

const assumptions = read("docs/host-assumptions.md");
const lines = rowsOf(assumptions, /^H\d+$/);
const ids = lines.map(([id = ""]) => id);
const steps = rowsOf(read("docs/try-in-excel.md"), /^\d+$/);
const idsOf = (cell = "") => cell.split(", ").filter(Boolean);

describe("host assumptions", () => {
  it("every line has an id of its own, evidence, harm and check", () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
    for (const line of lines) {
      expect(line, line[0]).toHaveLength(5);
      for (const cell of line) expect(cell, line[0]).not.toBe("");
    }
    // A row of a table without an id would be missed above.
    const tableRows = rowsOf(assumptions, /^(?!id$|-+$)/);
    expect(tableRows.map(([id]) => id)).toEqual(ids);
  });

  it("what nobody knows comes first, and each of it is tried", () => {
    const [, first = ""] = assumptions.split(/^## /m);
    expect(first).toMatch(/^Check these first/);
    const tried = new Set(steps.flatMap((step) => idsOf(step[3])));
    for (const [id = ""] of rowsOf(first, /^H\d+$/)) expect(tried, id).toContain(id);
  });
});

it("the release checklist refers to lines that there are", () => {
  const named = read("docs/release-checklist.md").match(/\bH\d+\b/g) ?? [];
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

describe("the facts of Excel", () => {
  const rows = Object.entries(excelFacts);

  it("are those of both tables, and use every behaviour but that of errors in ranges", () => {
    const numbered = (letter: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
    expect(rows.map(([id]) => id)).toEqual([...numbered("E", 18), ...numbered("B", 15)]);
    const used = new Set(rows.flatMap(([, { behaviours }]) => behaviours));
    // H26 has it.
    expect(Object.keys(hostBehaviours).filter((name) => !used.has(name as never))).toEqual([
      "errorsInRanges",
    ]);
  });

  it.each(rows)("%s has its tests and its lines", (_, { behaviours, cannotShow, tests, lines: own }) => {
    for (const id of own) expect(ids).toContain(id);
    for (const file of tests) expect(existsSync(path.join(root, "test", file)), file).toBe(true);
    if (cannotShow === undefined) {
      expect(own.length).toBeGreaterThan(0);
      expect(tests.length).toBeGreaterThan(0);
    } else expect(behaviours).toEqual([]);
  });

  it.each(
    rows.flatMap(([id, { behaviours, tests }]) => behaviours.map((name) => [id, name, tests] as const)),
  )("%s: a test runs with %s", (_, name, tests) => {
    const runsProfiles = tests.some((file) => /profiles|walk/.test(file));
    const inProfile = Object.values(hostProfiles).some(({ behaviours }) => name in behaviours);
    const named = tests.some((file) => read(`test/${file}`).includes(name));
    const inWalk = read("test/contract/addin/walk/actions.ts").includes(`"${name}"`);
    expect(named || (runsProfiles && (inProfile || inWalk))).toBe(true);
  });
});

describe("the first hour in a real Excel", () => {
  it("has thirty steps in order, each with what to see, its lines, and room for what was seen", () => {
    expect(steps.map(([number]) => Number(number))).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    for (const step of steps) {
      expect(step, step[0]).toHaveLength(5);
      expect(step[2], step[0]).not.toBe("");
      expect(step[4], step[0]).toBe("");
      expect(idsOf(step[3]).length, step[0]).toBeGreaterThan(0);
      for (const id of idsOf(step[3])) expect(ids, `step ${step[0]}`).toContain(id);
    }
  });

  it("names buttons that there are", () => {
    const texts = readdirSync(path.join(root, "src/addin/taskpane/texts"));
    const ours = [
      ...texts.map((file) => `src/addin/taskpane/texts/${file}`),
      "src/gateway/environments.ts",
      "manifest.xml",
    ]
      .map(read)
      .join("\n");
    const excels = ["Manual", "Protect Sheet", "Use 1904 date system"];
    const named = steps.flatMap(([, task = ""]) =>
      [...task.matchAll(/\*\*(.+?)\*\*/g)].map(([, label = ""]) => label),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const label of named) if (!excels.includes(label)) expect(ours).toContain(`"${label}"`);
  });

  it("names the keys that there are", () => {
    const { shortcuts } = JSON.parse(read("src/addin/commands/shortcuts.json")) as {
      shortcuts: { key: { default: string } }[];
    };
    const pressed = steps.map(([, task]) => task).join("\n");
    for (const { key } of shortcuts) {
      const [letter = ""] = key.default.split("+").slice(-1);
      expect(pressed).toMatch(
        new RegExp(`(Ctrl\\+Alt\\+Shift\\+${letter}|\\b${letter}\\b[^.]*in R’s place)`),
      );
    }
  });
});
