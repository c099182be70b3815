/**
 * The gateway's HTTP API as types: the requests of the add-in and the answers, all JSON.
 *
 * The gateway's schemas are checked against these types, so the two sides cannot drift apart.
 * @module
 */
import type { ErrorCode } from "./errors.ts";
import type { Column, ColumnType, Table, TableValue } from "./table.ts";

/**
 * Every call to `/api` carries this header. A browser does not send it across origins without asking the server first.
 */
export const requestHeader = { name: "X-KAL-Request", value: "1" } as const;

/** Names the connection of a request, if the ticket opens several: requests queue before their bodies are read. */
export const connectionHeader = "X-KAL-Connection";

/** One entry of `GET /api/v1/environments`. */
export interface EnvironmentSummary {
  /** Short name as used in formulas and settings: `sandpit`, `sample`. */
  id: string;
  /** Display name: `Sandpit (test)`. */
  label: string;
  /** The Entra tenant, if the environment fixes one. */
  tenant?: string;
  /** Defaults for users who connect without their own client id or scope. */
  clientId?: string;
  scope?: string;
  /** False for sample data: one click connects. */
  needsCredentials: boolean;
}

/** Body of `POST /api/v1/session`. Either `environment` or `apiBaseUrl`, never both. */
export interface ConnectRequest {
  environment?: string;
  /** Base URL of a Data API, with or without `/api`, with or without a slash at the end. */
  apiBaseUrl?: string;
  tenant?: string;
  clientId?: string;
  clientSecret?: string;
  scope?: string;
  /** The connection's name in formulas; defaults to the environment's id. */
  label?: string;
  /** Stay connected for 30 days instead of one working day. */
  remember?: boolean;
}

export interface ConnectAnswer {
  ticket: string;
  /** ISO date-time (UTC) at which the ticket expires for good. */
  expiresAt: string;
  connection: ConnectionSummary;
  status: Status;
}

/** `GET /api/v1/sign-in`: how people connect to this service. */
export interface SignInSettings {
  /** Whether people may connect with credentials that they type. */
  typedCredentials: boolean;
  /** Absent if analysts cannot sign in. */
  provider?: {
    /** Origin of the identity provider. */
    authority: string;
    /** The Entra tenant. */
    tenant: string;
    /** The add-in's client id. */
    clientId: string;
    /** The scope to ask for. */
    scope: string;
  };
  /** The person or team to ask for access; absent if analysts cannot sign in. */
  contact?: string;
}

/** Body of `POST /api/v1/sign-in`. */
export interface SignInRequest {
  /** The analyst's access token for this service. */
  accessToken: string;
}

/** Somebody who has signed in. */
export interface Analyst {
  /** For display; absent if the account has none. */
  name?: string;
  tenant: string;
  objectId: string;
  roles: string[];
}

/** `GET /api/v1/me`: the owner of a ticket. */
export interface MeAnswer {
  /** ISO date-time (UTC) after which the ticket is invalid in any case. */
  expiresAt: string;
  /** Absent for a ticket with typed credentials or sample data. */
  analyst?: Analyst;
  /** The connections that the ticket may use. */
  connections: ConnectionSummary[];
}

export interface SignInAnswer extends MeAnswer {
  ticket: string;
}

/** What the add-in may know about a connection: no secret, no token. */
export interface ConnectionSummary {
  /** The name before the colon in formulas: `production:price`. */
  name: string;
  /** Id of the environment, or the host of a base URL that the user entered. */
  environment: string;
  label: string;
  /** What it may read, in the organisation's words. */
  description?: string;
  /** The analyst's roles that open it, if the organisation holds it. */
  roles?: string[];
}

/** Answer of `GET /api/v1/status`: selected fields of the Data API's own status, never its token. */
export interface Status {
  connection: string;
  environment: string;
  state: "connected";
  /** The Entra tenant that issues the tokens. */
  tenant: string;
  clientId: string;
  /** The customer's id, which the Data API calls `tenantId`. */
  customerId: string;
  audience: string;
  issuer: string;
  /** Version of the Data API. */
  version: string;
  /** ISO date-time at which the current token expires. */
  expirationTime: string;
  /** Round trip of the Data API's status call in milliseconds. */
  latency: number;
  gatewayVersion: string;
}

/** Body of `POST /api/v1/query`. */
export interface QueryRequest {
  connection?: string;
  collection: string;
  /** Query text in the vendor's form: `(entityVariant=Own)+(limit=5)`. */
  query?: string;
  /** Field paths in column order; defaults to the collection's default columns. */
  fields?: string[];
  /** 0 or absent: no limit. If the query text has a limit too, the smaller non-zero one applies. */
  limit?: number;
  /** Refuse the result (`KAL_TOO_LARGE`) if its rows exceed this many JSON characters. */
  maxChars?: number;
  /** Maximum age in seconds of cached data that may be used; 0 fetches everything now. */
  maxAge?: number;
}

export interface QueryAnswer extends Table {
  /** ISO date-time (UTC) of the oldest data in the answer. */
  asOf: string;
  rowCount: number;
  /** Number of records left out because the slice has a newer version of them; absent if none. */
  superseded?: number;
  /** What the Data API was sent, where that is not the query as it was asked: `(site.entityId=…) and (site.entityId=…)`. */
  sent?: string;
  /** The filters that the gateway applied because the Data API cannot, as text; absent if none. */
  filteredHere?: string;
  /**
   * The source of the answer, if not this call's own pull: another call's pull in progress, the cache, or another
   * replica.
   */
  shared?: "call" | "memory" | "replica";
}

/** Body of `POST /api/v1/batch`. */
export interface BatchRequest {
  requests: QueryRequest[];
}

export interface BatchAnswer {
  /** One for each request, in their order. */
  answers: (QueryAnswer | ErrorAnswer)[];
}

/** Body of `POST /api/v1/summary`; the answer is a `QueryAnswer`. */
export interface SummaryRequest {
  connection?: string;
  collection: string;
  /** Filters only: no order, limit or offset. */
  query?: string;
  /**
   * Expressions such as `site.brand.name`, `day(effectiveTime)`; a text may contain several, separated by commas. If
   * empty, one row summarises all records.
   */
  by: string[];
  /** Expressions such as `count`, `avg(price)`, separated in the same way. */
  measures: string[];
  /** ISO date-time of the caller's clock; values are in force until then at most. Default: the gateway's clock. */
  now?: string;
  /** Maximum number of rows; 0 or absent: all groups. */
  limit?: number;
  /** As in `QueryRequest`. */
  maxChars?: number;
  maxAge?: number;
}

/** Body of `POST /api/v1/market`; the answer is a `QueryAnswer` whose columns are those of market-rows.ts. */
export interface MarketRequest {
  connection?: string;
  /** Own sites by code, name or id. */
  sites: string[];
  /** Products by code, name or id; absent or empty: all. */
  products?: string[];
  /** ISO date or date-time: the prices in force then; absent: the current prices of the products. */
  moment?: string;
  /** ISO date-time of the caller's clock, by which ages count. Defaults to the gateway's clock. */
  now?: string;
  /** As in `QueryRequest`. */
  maxAge?: number;
}

/** Body of `POST /api/v1/records`: the records behind a figure; the answer is a `QueryAnswer`. */
export interface RecordsRequest {
  connection?: string;
  collection: string;
  query?: string;
  /**
   * What the records have in common: an expression as in `SummaryRequest.by` with its value, compared as a lookup
   * compares; null for records without a value.
   */
  where: { field: string; value: KeyValue | null }[];
  /** ISO date or date-time: only the record of each series that was in force then. */
  moment?: string;
  /** The field of a `timeavg`: also the records that were in force in the time spans of `where` and the query. */
  timeavg?: string;
  /** As in `SummaryRequest`. */
  now?: string;
  /** As in `QueryRequest`; defaults to all fields. */
  fields?: string[];
  /** Maximum number of these records; 0 or absent: all. */
  limit?: number;
  maxAge?: number;
}

/** A value to look up. Compared as trimmed text, ignoring letter case: the number 123 equals the text "123". */
export type KeyValue = string | number | boolean;

/** Body of `POST /api/v1/lookup`: the lookups of any number of cells in one slice. */
export interface LookupRequest {
  connection?: string;
  collection: string;
  query?: string;
  /** Field paths that the values are compared with. */
  keys: string[];
  /** As in `QueryRequest`. */
  maxAge?: number;
  requests: {
    /** The field path whose value is returned. */
    field: string;
    /** One list per lookup, with one `KeyValue` per key. Anything else gives that lookup an error result. */
    values: unknown[];
  }[];
}

/** The result for one list of key values. Dates are the API's ISO text; null if the record has no such field. */
export type LookupResult =
  | { value: TableValue }
  | { missing: true }
  | {
      /** How many records match, if more than one does and the query has no order that would choose one. */
      matches: number;
    }
  | {
      /** Why this lookup failed; the others are still answered. */
      error: LookupError;
    };

/** Body of `POST /api/v1/as-of`; the answer is that of a lookup. */
export interface AsOfRequest extends Omit<LookupRequest, "requests"> {
  requests: {
    field: string;
    values: unknown[];
    /** One ISO date or date-time for each list of values; the result is the record in force at that moment. */
    moments: unknown[];
  }[];
}

export interface LookupError {
  code: "KAL_REQUEST_INVALID";
  message: string;
  hint: string;
}

export interface LookupAnswer {
  /** ISO date-time (UTC) of the oldest data in the answer. */
  asOf: string;
  /** The columns of the requested fields, in the order of the requests. */
  columns: Column[];
  /** One list per request, in the order of its values. */
  results: LookupResult[][];
  /** As in `QueryAnswer`, for the whole slice that was searched. */
  superseded?: number;
}

/** Body of `POST /api/v1/fields`. */
export interface FieldsRequest {
  connection?: string;
  collection: string;
  query?: string;
}

/** A field as `KAL.FIELDS` and the builder show it. */
export interface FieldSummary {
  /** Its name in formulas: `brand.name`. */
  name: string;
  label: string;
  type: ColumnType;
  /** The collection that the field refers to; empty if none. */
  refersTo: string;
  /** A value that occurs in the records; null if there is none. */
  example: TableValue;
}

export interface FieldsAnswer {
  fields: FieldSummary[];
  asOf: string;
}

/** Answer of `GET /api/v1/catalogue`: the names that a formula may use. */
export interface CatalogueAnswer {
  collections: {
    name: string;
    label: string;
    /** Values of `entityVariant`. */
    variants: string[];
    /** Entity types, written after the slash: `Brand` in `reference/Brand`. */
    entityTypes: string[];
  }[];
}

/** Body of every answer with a status of 400 or more. */
export interface ErrorAnswer {
  error: {
    code: ErrorCode;
    message: string;
    hint: string;
    retryable: boolean;
    /** Seconds. */
    retryAfter?: number;
    requestId: string;
  };
}
