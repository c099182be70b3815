/**
 * The gateway's HTTP API as types: what the add-in sends and what comes back, all JSON.
 *
 * The gateway's schemas are checked against these types, so that neither side can drift.
 * @module
 */
import type { ErrorCode } from "./errors.ts";
import type { Table } from "./table.ts";

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
