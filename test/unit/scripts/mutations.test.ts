/**
 * Checks the table of mutations against the code, and docs/mutations.md against the table; `node scripts/mutations.mjs`
 * runs the mutations.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { mutations } from "../../../scripts/mutations/mutations.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

it.each(mutations.map((mutation) => [mutation.requirement, mutation.without, mutation] as const))(
  "%s without %s: its text occurs in its file once, the file can be read without it, and its tests exist",
  (_, __, { file, find, replace, tests }) => {
    const parts = read(file).split(find);
    expect(parts).toHaveLength(2);
    expect(replace).not.toBe(find);
    // Any test would notice a file with a syntax error.
    const { diagnostics } = ts.transpileModule(parts.join(replace), { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
    expect(tests.filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  },
);

it("docs/mutations.md has a row for each of them, and a test that noticed it", () => {
  const page = read("docs/mutations.md");
  const rows = page.split("\n").filter((line) => /^\| [REB]\d/.test(line));
  const named = rows.map((row) => row.split(" | ").slice(0, 4).join(" | ").slice(2));
  const expected = mutations.map(({ requirement, without, file, tests }) =>
    [requirement, without, `\`${file.replace(/^src\//, "")}\``, `\`${tests.join("`, `")}\``].join(" | "),
  );
  expect(named).toEqual(expected);
  expect(rows.filter((row) => row.endsWith("| nothing |"))).toEqual([]);
  const figure = `${mutations.length} of ${mutations.length} noticed`;
  expect(page).toContain(`**${figure}**`);
  expect(read("docs/threat-model.md")).toContain(figure);
});
