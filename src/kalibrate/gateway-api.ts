/**
 * The gateway's HTTP API as types: what the add-in sends and what comes back, all JSON.
 *
 * The gateway's schemas are checked against these types, so that neither side can drift.
 * @module
 */
import type { ErrorCode } from "./errors.ts";
import type { Column, ColumnType, Table, TableValue } from "./table.ts";

/** Every call to `/api` carries this header; a browser cannot send it across origins unasked. */
export const requestHeader = { name: "X-KAL-Request", value: "1" } as const;

/** One entry of `GET /api/v1/environments`. */
export interface EnvironmentSummary {
  /** Short name as used in formulas and settings: `sandpit`, `sample`. */
  id: string;
  /** Name for people: `Sandpit (test)`. */
  label: string;
  /** The Entra tenant, where the environment fixes one. */
  tenant?: string;
  /** What counts where somebody connects without a client id or a scope of their own. */
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
  /** The connection's name in formulas; the environment's id where left out. */
  label?: string;
  /** Stay connected for 30 days instead of a working day. */
  remember?: boolean;
}

export interface ConnectAnswer {
  ticket: string;
  /** ISO date-time (UTC) after which the ticket is dead whatever happens. */
  expiresAt: string;
  connection: ConnectionSummary;
  status: Status;
}

/** A connection as the add-in may know it: no secret, no token. */
export interface ConnectionSummary {
  /** What formulas say before the colon: `production:price`. */
  name: string;
  /** Id of the environment, or the host of a typed base URL. */
  environment: string;
  label: string;
}

/** `GET /api/v1/status`: the Data API's own status by projection, never its token. */
export interface Status {
  connection: string;
  environment: string;
  state: "connected";
  /** The Entra tenant that issues the tokens. */
  tenant: string;
  clientId: string;
  /** The customer: `tenantId` in the Data API's words. */
  customerId: string;
  audience: string;
  issuer: string;
  /** Version of the Data API. */
  version: string;
  /** ISO date-time at which the token in use expires. */
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
  /** Field paths in column order; the collection's default columns where left out. */
  fields?: string[];
  /** 0 or absent adds none; beside a limit in the text the smaller non-zero one counts. */
  limit?: number;
  /** Refuse the result (`KAL_TOO_LARGE`) when its rows exceed this many JSON characters. */
  maxChars?: number;
  /** Greatest age in seconds of cached data used for the answer; 0 fetches everything now. */
  maxAge?: number;
}

export interface QueryAnswer extends Table {
  /** ISO date-time (UTC) of the oldest data in the answer. */
  asOf: string;
  rowCount: number;
  /** Records that were left out because a newer version of them is in the slice; absent where there are none. */
  superseded?: number;
}

/** A value to look for. Compared as trimmed text without letter case: the number 123 equals the text "123". */
export type KeyValue = string | number | boolean;

/** Body of `POST /api/v1/lookup`: any number of cells over one slice. */
export interface LookupRequest {
  connection?: string;
  collection: string;
  query?: string;
  /** Field paths that the values are compared with. */
  keys: string[];
  /** As in a query. */
  maxAge?: number;
  requests: {
    /** The field path whose value is wanted. */
    field: string;
    /** For each wanted value one `KeyValue` per key; anything else is an error in its own place. */
    values: unknown[];
  }[];
}

/** What was found for one list of key values. Dates are the API’s ISO text; a record without the field gives null. */
export type LookupResult =
  | { value: TableValue }
  | { missing: true }
  | {
      /** Records that match, where the query gives no order that would make one of them the first. */
      matches: number;
    }
  | {
      /** Why this one could not be looked for; the others are answered all the same. */
      error: LookupError;
    };

export interface LookupError {
  code: "KAL_REQUEST_INVALID";
  message: string;
  hint: string;
}

export interface LookupAnswer {
  /** ISO date-time (UTC) of the oldest data in the answer. */
  asOf: string;
  /** The columns of the wanted fields, in the order of the requests. */
  columns: Column[];
  /** One list per request, in the order of its values. */
  results: LookupResult[][];
  /** As in the answer of a query: of the whole slice that was looked through. */
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
  /** What a formula says: `brand.name`. */
  name: string;
  label: string;
  type: ColumnType;
  /** The collection that the field refers to; empty where it refers to none. */
  refersTo: string;
  /** A value met in the records; null where none was. */
  example: TableValue;
}

export interface FieldsAnswer {
  fields: FieldSummary[];
  asOf: string;
}

/** `GET /api/v1/catalogue`: what may stand in a formula. */
export interface CatalogueAnswer {
  collections: {
    name: string;
    label: string;
    /** Values of `entityVariant`. */
    variants: string[];
    /** What may stand behind the slash: `Brand` in `reference/Brand`. */
    entityTypes: string[];
  }[];
}

/** Every answer with a status of 400 or more. */
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
