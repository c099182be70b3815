/** The contract with saved workbooks and Excel's cache. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import type {
  FunctionMetadata,
  ParameterMetadata,
} from "../../../src/workbench/excel-host/functions-metadata.ts";
import { addinFolder, metadata, openExcel, startService, valuesOf } from "./kal.ts";

it("functions.json is a compatibility contract: only add, never rename", async () => {
  await expect(`${JSON.stringify(metadata, null, 2)}\n`).toMatchFileSnapshot("functions.json");
});

/**
 * All that has ever been published: a saved workbook, and an Excel that keeps functions.json for a day, call by these.
 * Nothing is taken out, renamed or moved. Excel sends as many values as its functions.json has parameters and office.js
 * puts the invocation behind them, so a function that gets a further parameter must look for the invocation there.
 */
const published: Readonly<Record<string, readonly string[]>> = {
  QUERY: ["collection: string", "query?: any[][]", "fields?: any[][]", "headers?: any", "limit?: any"],
  LOOKUP: ["collection: string", "query: any[][]", "field: any[][]", "keys: any[][]", "...value: any[][]"],
  FIELDS: ["collection: string", "query?: any[][]"],
  COLLECTIONS: [],
  STATUS: ["property?: string", "connection?: string"],
  ASOF: [
    "collection: string",
    "query: any[][]",
    "field: any[][]",
    "keys: any[][]",
    "moment: any[][]",
    "...value: any[][]",
  ],
  SUMMARY: [
    "collection: string",
    "query: any[][]",
    "by: any[][]",
    "measures: any[][]",
    "headers?: any",
    "limit?: any",
  ],
  MARKET: ["site: any[][]", "product?: any[][]", "moment?: any[][]", "headers?: any", "connection?: string"],
};

it("still contains everything that was ever published", () => {
  const signature = ({ name, type, dimensionality, optional, repeating }: ParameterMetadata) =>
    `${repeating ? "..." : ""}${name}${optional ? "?" : ""}: ${type}${dimensionality === "matrix" ? "[][]" : ""}`;
  for (const [id, parameters] of Object.entries(published)) {
    const one = metadata.functions.find((each) => each.id === id);
    expect(one?.name, id).toBe(id);
    expect(one?.parameters.slice(0, parameters.length).map(signature), id).toEqual(parameters);
    const added = one?.parameters.slice(parameters.length) ?? [];
    expect(
      added.every(({ optional }) => optional),
      id,
    ).toBe(true);
    expect(one?.options, id).toMatchObject({ cancelable: true, requiresAddress: true });
  }
});

it("shows an unknown id as an error in its own cell; ignores letter case", async () => {
  const { parameters, options = {} } = metadata.functions.find(({ id }) => id === "STATUS")!;
  const older = (id: string): FunctionMetadata => ({ id, name: id, parameters, options });
  const functions = { functions: [older("GONE"), older("status")] };
  const { host } = await openExcel({ service: await startService({ ownSites: 1 }), functions });
  const ids = ["GONE", "status"];
  const calls = host.invokeAll(ids.map((functionId) => ({ functionId, args: ["state"] })));
  const [gone, status] = await Promise.all(calls.map(({ result }) => result));
  expect(valuesOf(gone!)).toEqual([["#VALUE! "]]);
  expect(valuesOf(status!)).toEqual([["connected"]]);
});

it("describes every function, its parameters and its help address", () => {
  for (const entry of metadata.functions as unknown as Described[]) {
    expect(entry.description.length, entry.id).toBeGreaterThan(10);
    expect(entry.helpUrl, entry.id).toMatch(/^\/help\/functions\.html#[a-z]+$/);
    for (const parameter of entry.parameters) expect(parameter.description, entry.id).toBeTruthy();
    const [page = "", anchor = ""] = entry.helpUrl.split("#");
    expect(readFileSync(path.join(addinFolder, page), "utf8")).toContain(`id="${anchor}"`);
  }
});

interface Described {
  id: string;
  description: string;
  helpUrl: string;
  parameters: { description: string }[];
}

it("loads at most 34 kB before the first cell", () => {
  expect(gzipSync(readFileSync(path.join(addinFolder, "functions.js"))).length).toBeLessThanOrEqual(34_000);
});
