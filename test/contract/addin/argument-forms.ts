/**
 * Calls functions with arguments as Excel passes them. The service echoes the request in its answer.
 * @module
 */
import { describe, expect, it } from "vitest";
import type { LookupRequest } from "../../../src/kalibrate/gateway-api.ts";
import type { Argument } from "../../../src/workbench/excel-host/arguments.ts";
import type { HostBehaviours } from "../../../src/workbench/excel-host/behaviours.ts";
import { alone, json } from "./alone.ts";
import { type FunctionId, openExcel, valuesOf } from "./kal.ts";

const table = () => ({
  columns: [{ name: "a", label: "Label", type: "text" }],
  rows: [["x"]],
  rowCount: 1,
  asOf: "2026-11-20T07:00:00Z",
});
const lookup = ({ requests }: LookupRequest) => ({
  asOf: "2026-11-20T07:00:00Z",
  columns: requests.map(({ field }) => ({ name: field, label: field, type: "text" })),
  results: requests.map(({ field, values }) =>
    values.map((list) => ({ value: `${field} ${(list as unknown[]).join("+")}` })),
  ),
});

/** By path, answers that show the request. */
const answers: Readonly<Record<string, (body: never) => object>> = {
  "/query": table,
  "/summary": table,
  "/market": table,
  "/lookup": lookup,
  "/as-of": lookup,
  "/fields": () => ({
    asOf: "2026-11-20T07:00:00Z",
    fields: [{ name: "a", label: "A", type: "text", refersTo: "", example: 1 }],
  }),
  "/catalogue": () => ({
    collections: [{ name: "site", label: "Site", variants: ["Own"], entityTypes: [] }],
  }),
  "/status": () => ({ connection: "sample", state: "connected", clientId: "c", latency: 3 }),
};

/**
 * Calls a function.
 * @param behaviours of this Excel that differ from the default
 * @returns the request to the service, and what the cell shows
 */
export async function ask(
  functionId: FunctionId,
  args: readonly Argument[],
  behaviours: Partial<HostBehaviours> = {},
) {
  const asked: { path: string; body: unknown }[] = [];
  const fetch = ((url: URL, init?: RequestInit) => {
    const path = url.pathname.replace("/api/v1", "");
    // How old the answer may be depends on the call's time, not on its arguments.
    const withoutAge = (key: string, value: unknown) => (key === "maxAge" ? undefined : value);
    const body: unknown = init?.body ? JSON.parse(init.body as string, withoutAge) : undefined;
    asked.push({ path, body });
    return json(200, answers[path]!(body as never));
  }) as typeof globalThis.fetch;
  const { call } = await openExcel({ ...alone(fetch), behaviours });
  const shows = valuesOf(await call(functionId, ...args));
  return { asked, shows };
}

export type Row = readonly [what: string, args: readonly Argument[], carries: object | string];

/** @param rows test name, arguments, and the content of the request or the text of the error */
export function check(functionId: FunctionId, path: string, rows: readonly Row[]): void {
  describe(functionId, () => {
    it.each(rows)("%s", async (_, args, carries) => {
      const { asked, shows } = await ask(functionId, args);
      if (typeof carries === "string") {
        expect(asked).toEqual([]);
        expect(shows).toEqual([[expect.stringContaining(carries)]]);
      } else {
        expect(asked.map((item) => item.path)).toEqual([path]);
        expect(asked[0]!.body).toEqual(carries);
        expect(String(shows[0]![0])).not.toMatch(/^#/);
      }
    });
  });
}

/** All empty arguments: omitted, or empty cells. */
export const empty: Argument[] = [null, "", [[null]], [[""]], [[0]]];
export const own = "(entityVariant=Own)";
export const error = { error: "#REF!" } as const;
export const say = (argument: Argument) => JSON.stringify(argument);
