/**
 * Data that changes while a workbook is open, and its service. A cell's value shows its question and the version of
 * the data.
 * @module
 */
import type {
  BatchRequest,
  LookupRequest,
  QueryAnswer,
  QueryRequest,
} from "../../../../src/kalibrate/gateway-api.ts";
import type { Random } from "../../../../src/simulator/sample/random.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** How long the service's own cache may answer unless new data is requested. Milliseconds. */
const cacheMs = 60_000;

const dayOfVersion0 = Date.UTC(2026, 0, 1);
const msOfDay = 86_400_000;

/** The number in a record: its question, the data's version, its row. */
export const numberOf = (question: number, version: number, row: number) =>
  question * 1_000_000 + version * 10 + row;

/** The date in a record, ISO. */
export const dayOf = (version: number) =>
  new Date(dayOfVersion0 + version * msOfDay).toISOString().slice(0, 10);

export const rowsOfAnswer = 3;
export const codeOf = (row: number) => `c${row}`;

/** The question and version of a number; undefined if it is in no record. */
export function readNumber(value: unknown): { question: number; version: number; row: number } | undefined {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1_000_000) return undefined;
  const row = value % 10;
  if (row >= rowsOfAnswer) return undefined;
  return { question: Math.floor(value / 1_000_000), version: Math.floor((value % 1_000_000) / 10), row };
}

export interface Source {
  version: number;
  /** The service's current fault. */
  fault: "none" | "offline" | "refuses";
  /** Delay of answers; default: random. Milliseconds. */
  delay?: number;
  readonly fetch: typeof globalThis.fetch;
  /** Changes the data. */
  readonly change: () => void;
}

export function createSource(clock: VirtualClock, random: Random): Source {
  const cache = new Map<string, { readonly at: number; readonly version: number }>();

  /** The version of an answer: current, or from the cache if it is recent enough. */
  function versionFor(key: string, maxAge: number | undefined): number {
    const known = cache.get(key);
    const age = known ? clock.now() - known.at : Infinity;
    if (known && age <= Math.min(cacheMs, (maxAge ?? Infinity) * 1000)) return known.version;
    cache.set(key, { at: clock.now(), version: source.version });
    return source.version;
  }

  function answer(path: string, body: QueryRequest & LookupRequest): object {
    const question = Number(/\d+/.exec(body.query ?? "")?.[0] ?? 0);
    const version = versionFor(`${path} ${question}`, body.maxAge);
    const asOf = new Date(clock.now()).toISOString();
    if (path === "/status")
      return { connection: "sample", state: "connected", clientId: "walker", latency: 3 };
    if (path === "/lookup") {
      return {
        asOf,
        columns: body.requests.map(({ field }) => ({ name: field, label: field, type: "number" })),
        results: body.requests.map(({ values }) =>
          values.map((list) => {
            const row = Number(String((list as unknown[])[0]).slice(1));
            return row < rowsOfAnswer ? { value: numberOf(question, version, row) } : { missing: true };
          }),
        ),
      };
    }
    const all = [
      { name: "code", label: "Code", type: "text", valueIn: codeOf },
      {
        name: "price",
        label: "Price",
        type: "number",
        valueIn: (row: number) => numberOf(question, version, row),
      },
      { name: "day", label: "Day", type: "date", valueIn: () => dayOf(version) },
    ];
    const chosen = (body.fields ?? all.map(({ name }) => name)).map((name) =>
      all.find((column) => column.name === name)!,
    );
    const columns = chosen.map(({ name, label, type }) => ({ name, label, type }));
    const rows = Array.from({ length: body.limit ?? rowsOfAnswer }, (_, row) =>
      chosen.map(({ valueIn }) => valueIn(row)),
    );
    return { asOf, columns, rows, rowCount: rows.length };
  }

  /** @param inLines whether the caller takes a table in the stream format */
  function respond(path: string, body: object, inLines: boolean): Response {
    if (path === "/batch") {
      const { requests } = body as BatchRequest;
      return asLines(requests.map((one, index) => ({ index, ...answer("/query", one as never) })));
    }
    const answered = answer(path, body as QueryRequest & LookupRequest);
    if (!inLines) return Response.json(answered);
    const { columns, rows, asOf, rowCount } = answered as QueryAnswer;
    return asLines([{ columns, asOf }, ...rows, { rowCount }]);
  }

  const source: Source = {
    version: 1,
    fault: "none",
    change() {
      source.version++;
    },
    fetch: (address, init) =>
      new Promise((resolve, reject) => {
        const { fault } = source;
        const path = (address as URL).pathname.replace("/api/v1", "");
        const { accept } = Object.fromEntries(new Headers(init?.headers));
        const body = JSON.parse((init?.body as string | null) ?? "{}") as object;
        const inLines = accept?.includes("ndjson") === true;
        const ready = fault === "none" ? respond(path, body, inLines) : undefined;
        const timer = clock.setTimeout(
          () => {
            if (fault === "offline") reject(new TypeError("fetch failed"));
            else resolve(ready ?? refusal());
          },
          source.delay ?? random.integer(1, 4000),
        );
        init?.signal?.addEventListener("abort", () => {
          clock.clearTimeout(timer as never);
          reject(init.signal!.reason as Error);
        });
      }),
  };
  return source;
}

function refusal(): Response {
  const error = { code: "KAL_UPSTREAM_DOWN", message: "The Data API does not answer.", hint: "Try again." };
  return Response.json({ error }, { status: 503 });
}

/** Lines of JSON, as the service streams them. */
function asLines(lines: readonly unknown[]): Response {
  return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
