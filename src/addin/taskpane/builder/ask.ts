/**
 * The builder's requests. They use the same engine as cells, so that they share cached answers and wait while data is
 * paused.
 * @module
 */
import { runtime } from "../../addin.ts";
import type {
  AsOfRequest,
  CatalogueAnswer,
  FieldsAnswer,
  FieldsRequest,
  LookupAnswer,
  LookupRequest,
  MarketRequest,
  QueryAnswer,
  QueryRequest,
  SummaryRequest,
} from "../../../kalibrate/gateway-api.ts";
import type { Waiting } from "../../runtime/requests/request-engine.ts";
import { requestKey } from "../../runtime/requests/request-key.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";

type Kind = Parameters<typeof requestKey>[1];

/** How to send a request. */
export interface Asking {
  readonly connection: HeldConnection;
  /** Aborted when the result is no longer needed. */
  readonly signal: AbortSignal;
}

export function askCatalogue(asking: Asking): Promise<CatalogueAnswer> {
  return ask(asking, "catalogue", undefined, [], ({ collections }: CatalogueAnswer) => collections.length);
}

export function askFields(asking: Asking, request: FieldsRequest): Promise<FieldsAnswer> {
  return ask(
    asking,
    "fields",
    request,
    [request.collection, request.query],
    ({ fields }: FieldsAnswer) => fields.length,
  );
}

export function askRows(asking: Asking, request: QueryRequest): Promise<QueryAnswer> {
  const { collection, query, fields, limit } = request;
  return ask(
    asking,
    "query",
    request,
    [collection, query, fields, limit],
    ({ columns, rows }: QueryAnswer) => columns.length * rows.length,
  );
}

export function askSummary(asking: Asking, request: SummaryRequest): Promise<QueryAnswer> {
  const { collection, query, by, measures, limit } = request;
  return ask(
    asking,
    "summary",
    request,
    [collection, query, by, measures, limit],
    ({ columns, rows }: QueryAnswer) => columns.length * rows.length,
  );
}

export function askMarket(asking: Asking, request: MarketRequest): Promise<QueryAnswer> {
  const { sites, products, moment } = request;
  return ask(
    asking,
    "market",
    request,
    [sites, products, moment],
    ({ columns, rows }: QueryAnswer) => columns.length * rows.length,
  );
}

/** @param kind `as-of` with moments */
export function askLookup(
  asking: Asking,
  kind: "lookup" | "as-of",
  request: LookupRequest | AsOfRequest,
): Promise<LookupAnswer> {
  const { collection, query, keys, requests } = request;
  return ask(
    asking,
    kind,
    request,
    [collection, query, keys, JSON.stringify(requests)],
    ({ results }: LookupAnswer) => results.flat().length,
  );
}

/** @throws the signal's reason where it is aborted */
async function ask<Answer>(
  { connection, signal }: Asking,
  kind: Kind,
  request: object | undefined,
  values: readonly unknown[],
  weigh: (answer: Answer) => number,
): Promise<Answer> {
  signal.throwIfAborted();
  const call = request
    ? ({ method: "POST", path: `/${kind}`, body: { connection: connection.name, ...request } } as const)
    : ({ method: "GET", path: `/${kind}` } as const);
  const interest: Waiting = { onCanceled: () => undefined };
  const answer = runtime.engine.share<Answer>(
    {
      key: requestKey(connection, kind, values),
      ticket: connection.ticket,
      start: (options) => runtime.session.callAs<Answer>(connection, { ...call, signal: options.signal }),
      weigh,
    },
    interest,
  );
  let leave!: () => void;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      interest.onCanceled?.();
      reject(signal.reason as Error);
    };
  });
  signal.addEventListener("abort", leave);
  try {
    return await Promise.race([answer, left]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
