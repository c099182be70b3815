import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toCells } from "../../../../../src/addin/runtime/cells.ts";
import { createGatewayClient } from "../../../../../src/addin/runtime/session/gateway-client.ts";
import type { KalError } from "../../../../../src/kalibrate/errors.ts";
import type { QueryAnswer } from "../../../../../src/kalibrate/gateway-api.ts";

const column = { name: "name", label: "Name", type: "text" };
const table = {
  columns: [column, { ...column, type: "number" }],
  rows: [
    ["A", 1],
    [null, { error: "KAL_NUMBER_TOO_LARGE" }],
  ],
  rowCount: 2,
  asOf: "2026-11-26T00:00:00Z",
};
const status = { clientId: "c", state: "connected", latency: 12 };
const lookup = {
  columns: [column],
  results: [
    [
      { value: "A" },
      { value: null },
      { missing: true },
      { matches: 2 },
      { error: { code: "KAL_REQUEST_INVALID", message: "m", hint: "h" } },
    ],
  ],
  asOf: "2026-11-26T00:00:00Z",
};

/** What the service may answer to each call. */
const answers: Readonly<Record<string, unknown>> = {
  "/query": table,
  "/summary": table,
  "/market": table,
  "/lookup": lookup,
  "/as-of": lookup,
  "/fields": {
    fields: [{ name: "a", label: "A", type: "text", refersTo: "", example: null }],
    asOf: "2026-11-26T00:00:00Z",
  },
  "/catalogue": {
    collections: [{ name: "price", label: "Price", variants: ["Own"], entityTypes: ["Brand"] }],
  },
  "/status": status,
  "/environments": [{ id: "sample", label: "Sample data", needsCredentials: false }],
  "/sign-in": {
    ticket: "t",
    expiresAt: "2026-11-26T00:00:00Z",
    connections: [{ name: "n", environment: "e", label: "l" }],
  },
  "/session": {
    ticket: "t",
    expiresAt: "2026-11-26T00:00:00Z",
    connection: { name: "n", environment: "e", label: "l" },
    status,
  },
};

const paths = Object.keys(answers);

/** The same with a part that breaks a rule between its parts, or half of it. */
const broken: Readonly<Record<string, unknown[]>> = {
  "/query": [
    { ...table, rowCount: 1 },
    { ...table, rowCount: undefined },
    { ...table, rows: ["AB", "CD"] },
    { ...table, rows: [["A"], ["B"]] },
    {
      ...table,
      rows: [
        ["A", 1, 2],
        ["B", 1, 2],
      ],
    },
    {
      ...table,
      rows: [
        ["A", {}],
        ["B", 1],
      ],
    },
    {
      ...table,
      rows: [
        ["A", { error: "OTHER" }],
        ["B", 1],
      ],
    },
    { ...table, columns: [], rows: [[], []] },
    { columns: table.columns },
  ],
  "/lookup": [
    { ...lookup, results: [["A"]] },
    { ...lookup, results: [[{}]] },
    { ...lookup, results: [[{ missing: false }]] },
    { ...lookup, results: [[{ value: {} }]] },
    { ...lookup, results: [[{ error: { code: "OTHER", message: "m", hint: "h" } }]] },
    { ...lookup, results: [{ value: 1 }] },
    { ...lookup, columns: [null] },
  ],
  "/status": [
    { ...status, state: {} },
    { ...status, clientId: 1 },
  ],
};

let body: unknown;
let httpStatus: number;

beforeEach(() => {
  vi.stubGlobal("CustomFunctions", { Error: class {}, ErrorCode: {} });
  httpStatus = 200;
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status: httpStatus }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The answer as the add-in gets it, or its error. */
async function get(path: string, sent: unknown, code = 200): Promise<unknown> {
  body = sent;
  httpStatus = code;
  const gateway = createGatewayClient(
    { note: () => undefined, isReachable: () => true, onChange: () => () => undefined },
    { note: () => undefined, timeAt: () => 0 },
  );
  return gateway.call({ method: "POST", path }).catch((error: unknown) => error);
}

const codeOf = (error: unknown) => (error as KalError).code;

/** The same JSON with something else in each of its places, one at a time. */
function* changed(value: unknown): Generator<unknown> {
  for (const other of [undefined, null, 7, "x", true, [], {}, [[]], [{}], { error: "x" }]) {
    if (JSON.stringify(other) !== JSON.stringify(value)) yield other;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    for (const other of changed(member)) {
      yield Array.isArray(value)
        ? value.map((item: unknown, at) => (at === Number(name) ? (other ?? null) : item))
        : { ...value, [name]: other };
    }
  }
}

describe("an answer of the service", () => {
  it.each(paths)("to %s is taken as it is", async (path) => {
    expect(await get(path, answers[path])).toEqual(answers[path]);
  });

  it.each(paths)("to %s may have members that this version does not know", async (path) => {
    const answer = answers[path];
    const more = Array.isArray(answer)
      ? answer.map((item: object) => ({ ...item, later: 1 }))
      : { ...(answer as object), later: 1 };
    expect(await get(path, more)).toEqual(more);
  });
});

describe("JSON that is not the service's", () => {
  it.each(paths)("in place of the answer to %s is an error that says so", async (path) => {
    for (const other of [
      { message: "Sign in to the network" },
      {},
      [[]],
      ["x"],
      null,
      "ok",
      1,
      ...(broken[path] ?? []),
    ]) {
      const error = (await get(path, other)) as KalError;
      expect([other, error.code]).toEqual([other, "KAL_GATEWAY_INTERNAL"]);
      expect(error.message).toContain("not complete");
    }
  });

  it("with one place changed makes cells of a whole table, or a named error", async () => {
    for (const other of changed(table)) {
      const answer = await get("/query", other ?? null);
      if (codeOf(answer) !== undefined) {
        expect(codeOf(answer)).toBe("KAL_GATEWAY_INTERNAL");
        continue;
      }
      const { columns, rows } = answer as QueryAnswer;
      const { cells } = toCells({ columns, rows }, 1, { dates: "serial", dateFormat: "", empty: "" });
      for (const row of cells) expect(row).toHaveLength(columns.length);
      expect(cells).toHaveLength(1 + 2);
    }
  });

  it.each([
    "Unauthorized",
    { code: "KAL_SECRET_INVALID" },
    { code: "KAL_SECRET_INVALID", message: {}, hint: "h" },
    { code: "OTHER", message: "m", hint: "h" },
    { code: "toString", message: "m", hint: "h" },
    null,
  ])("in a failed answer is told by its status: %j", async (error) => {
    expect(await get("/query", { error }, 403)).toMatchObject({
      code: "KAL_GATEWAY_INTERNAL",
      message: "The KAL service answered with status 403.",
    });
  });

  it("beside a failure's texts is left out", async () => {
    const error = { code: "KAL_THROTTLED", message: "m", hint: "h", retryAfter: "soon", requestId: {} };
    expect(await get("/query", { error }, 429)).toMatchObject({
      code: "KAL_THROTTLED",
      retryAfter: undefined,
      requestId: undefined,
    });
  });
});
