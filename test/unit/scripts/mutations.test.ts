/**
 * The table of mutations stays true to the code; `node scripts/mutations.mjs` runs it.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { mutations } from "../../../scripts/mutations/mutations.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

it.each(mutations.map((mutation) => [mutation.requirement, mutation.without, mutation] as const))(
  "%s without %s: what it replaces stands in its file once, and its tests exist",
  (_, __, { file, find, replace, tests }) => {
    expect(read(file).split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  },
);
