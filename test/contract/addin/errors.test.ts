/** Every known error as cells show it. */
import { expect, it } from "vitest";
import { type ErrorCode, errorCatalogue, errorCodes } from "../../../src/kalibrate/errors.ts";
import type { HostBehaviours } from "../../../src/workbench/excel-host/behaviours.ts";
import { errorOf, type FunctionId, openExcel, startService } from "./kal.ts";

const json = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

const query = ["QUERY", "site", "", "name", 0] as const;
const lookup = ["LOOKUP", "site", "", "name", "importCode", "1"] as const;
const found = (result: object) => () =>
  json(200, {
    asOf: "2026-11-20T07:00:00Z",
    columns: [{ name: "name", label: "Name", type: "text" }],
    results: [[result]],
  });

interface Case {
  readonly call: readonly [FunctionId, ...unknown[]];
  readonly fetch: typeof fetch;
  readonly behaviours?: Partial<HostBehaviours>;
}

/** Errors raised by the add-in itself; all others come from the service. The tests of pausing cover KAL_PAUSED. */
const own: Partial<Record<ErrorCode, Case>> = {
  KAL_ARGUMENT_INVALID: { call: ["QUERY", ""], fetch },
  KAL_NO_MATCH: { call: lookup, fetch: found({ missing: true }) },
  KAL_AMBIGUOUS: { call: lookup, fetch: found({ matches: 3 }) },
  KAL_NUMBER_TOO_LARGE: { call: lookup, fetch: found({ value: { error: "KAL_NUMBER_TOO_LARGE" } }) },
  KAL_DATE_SYSTEM: { call: query, fetch, behaviours: { dateSystem: "1904" } },
  KAL_OFFLINE: { call: query, fetch: () => Promise.reject(new TypeError("Failed to fetch")) },
};

const told = (code: ErrorCode): Case => ({
  call: query,
  fetch: () => {
    const { status, message, hint, retryable } = errorCatalogue[code];
    return json(status!, { error: { code, message, hint, retryable, requestId: "r1" } });
  },
});

/** No function raises these: they are for what is done from pane and ribbon, and for bugs (as-kal-error.test.ts). */
const notForCells: readonly ErrorCode[] = ["KAL_NO_ROOM", "KAL_EXCEL_REFUSED", "KAL_ADDIN_INTERNAL"];

it.each(errorCodes.filter((code) => code !== "KAL_PAUSED" && !notForCells.includes(code)))(
  "%s stands in the cell with what to do next",
  async (code) => {
    const { excel, status, hint } = errorCatalogue[code];
    const { call, fetch, behaviours = {} } = own[code] ?? told(code);
    if (status === undefined)
      expect(own, "one that the service does not send needs a case").toHaveProperty(code);
    const service = await startService({ ownSites: 1 });
    const [functionId, ...args] = call;
    const error = errorOf(await (await openExcel({ service, fetch, behaviours })).call(functionId, ...args));
    expect(error.startsWith(`${excel} `)).toBe(true);
    expect(error).toContain(code);
    if (status !== undefined) expect(error).toContain(hint);
  },
);

const callsOfEach: readonly Case["call"][] = [
  query,
  lookup,
  ["ASOF", "price", "", "price", "product", "2026-11-20", "1"],
  ["SUMMARY", "site", "", "brand.name", "count"],
  ["MARKET", "Riverside"],
  ["FIELDS", "site"],
  ["COLLECTIONS"],
  ["STATUS", "state"],
];

it("an answer that is not the service’s makes an error in the cell of every function", async () => {
  const service = await startService({ ownSites: 1 });
  const fetch = () => json(200, { message: "Sign in to the network", rows: "none" });
  const { call } = await openExcel({ service, fetch });
  for (const [functionId, ...args] of callsOfEach) {
    const error = errorOf(await call(functionId, ...args));
    expect([functionId, error]).toEqual([
      functionId,
      expect.stringMatching(/^#VALUE! The KAL service’s answer is not complete/),
    ]);
  }
});
