/**
 * docs/threat-model.md names tests; a name that is no test would be a promise that nobody keeps.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/threat-model.md"), "utf8");
const rows = page.split("\n").filter((line) => /^\| R\d+ \|/.test(line));

it("has a row for each requirement", () => {
  const numbers = rows.map((row) => Number(/R(\d+)/.exec(row)?.[1]));
  expect(numbers).toEqual([...new Set(numbers)].sort((left, right) => left - right));
  expect(numbers).toEqual(expect.arrayContaining(Array.from({ length: 21 }, (_, index) => index + 1)));
});

const faults = page.split("\n").filter((line) => /^\|.*\| `test\//.test(line) && !rows.includes(line));
const named = [...rows, ...faults].map((row) => [row.slice(2).split(" |")[0], row] as const);

it.each(named)("%s names tests that there are", (_, row) => {
  const lists = [...row.matchAll(/`(test\/[^`]+)`: (“[^”]+”(?:, “[^”]+”)*)/g)];
  expect(lists).not.toEqual([]);
  for (const [, file = "", names = ""] of lists) {
    const source = readFileSync(path.join(root, file), "utf8");
    for (const [, name = ""] of names.matchAll(/“([^”]+)”/g)) expect(source).toContain(`"${name}"`);
  }
});
