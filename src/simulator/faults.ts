/**
 * Faults that tests switch on at run time: what an answer is replaced by, or how it is spoiled.
 * @module
 */
import type { ListFault } from "./lists.ts";
import type { Endpoint } from "./request-log.ts";
import type { Shape } from "./shapes.ts";

/** Which requests a fault meets: all of an endpoint, unless narrowed. */
export interface FaultScope {
  /** Default: `data`. */
  readonly endpoint?: Endpoint;
  /** Only paths that begin so, in any letter case: `/api/price`. */
  readonly path?: string;
  /** How many requests it meets before it is gone; without end where left out. */
  readonly times?: number;
}

/** How long a caller is told to wait: seconds, a date, or nothing. */
interface Waiting {
  readonly retryAfter?: number | Date;
}

export type Fault = FaultScope &
  (
    | { readonly kind: "unauthorised" }
    | ({ readonly kind: "throttled" } & Waiting)
    | ({ readonly kind: "unavailable" } & Waiting)
    /** A redirect to another host. */
    | { readonly kind: "redirected" }
    /** A whole page of HTML with status 200, as something that stands in between sends it. */
    | { readonly kind: "sign-in-page" }
    /** The connection is cut without an answer. */
    | { readonly kind: "down" }
    /** The answer waits for `delay` milliseconds. */
    | { readonly kind: "slow"; readonly delay: number }
    /** The connection is cut in the middle of the body. */
    | { readonly kind: "cut-off" }
    /** The body is complete, but no JSON. */
    | { readonly kind: "malformed" }
    /** The body is compressed although nobody asked for it; `lies`: it only says that it is. */
    | { readonly kind: "encoded"; readonly coding: Coding; readonly lies?: true }
    /** A web page with status 403, as a proxy that sees into the connection sends it. */
    | { readonly kind: "blocked-page" }
    /** 407 in the upstream's place. */
    | { readonly kind: "proxy-sign-in" }
    /** No answer holds more than `cap` documents, whatever limit was asked for. */
    | { readonly kind: "page-cap"; readonly cap: number }
    /** `limit=0` means `cap` documents instead of all. */
    | { readonly kind: "unlimited-cap"; readonly cap: number }
    /** `limit=0` is refused with 400. */
    | { readonly kind: "unlimited-refused" }
    /** A filter on a property that no document has is refused with 400 instead of matching nothing. */
    | { readonly kind: "unknown-property" }
    /** A filter on a property that no document has is passed over. */
    | { readonly kind: "ignored-property" }
    /** `=` and `@=` make no difference between letter cases. */
    | { readonly kind: "any-case" }
    /** `<=` is refused with 400: the readable part of the documentation ends before it. */
    | { readonly kind: "no-less-or-equal" }
    /** Clauses are told apart by a plus as it is: a blank (`%20`) between them is refused. */
    | { readonly kind: "literal-plus" }
    /** Entity types have no path of their own: `reference/brand` is not there. */
    | { readonly kind: "no-type-paths" }
    /**
     * The list comes in an object, under this name, with these members beside it. `total` names the member that says
     * how many documents there are in all.
     */
    | {
        readonly kind: "envelope";
        readonly name: string;
        readonly members?: Readonly<Record<string, unknown>>;
        readonly total?: string;
      }
    /** Where nothing is selected, or an offset is behind the end, the list holds one null. */
    | { readonly kind: "null-for-nothing" }
    /** Nothing selected is 204 without a body. */
    | { readonly kind: "no-content" }
    /** Refused with a body in this form. */
    | { readonly kind: "refused"; readonly status: number; readonly form: keyof typeof refusals }
    /** `expires_in` of a token, as a number or as text; the token itself lives as long as ever. */
    | { readonly kind: "token-lifetime"; readonly seconds: number | string }
    | Shape
    | ListFault
  );

/** A content coding; `deflate-raw` is what some servers send as `deflate`. */
export type Coding = "gzip" | "br" | "deflate" | "deflate-raw" | "zstd";

export type FaultKind = Fault["kind"];

/** The switchboard. */
export interface Faults {
  /** Switches faults on, after those that are on already; of two that fit, the first is taken. */
  add(...faults: Fault[]): void;
  /** Switches all faults off. */
  clear(): void;
}

export interface FaultBoard extends Faults {
  /** The fault of a kind that meets this request, counted as one of its times. */
  take<K extends FaultKind>(
    kind: K,
    endpoint: Endpoint,
    path: string,
  ): Extract<Fault, { kind: K }> | undefined;
  /** How many requests a fault has met. */
  met(fault: Fault): number;
}

export function createFaults(initial: readonly Fault[] = []): FaultBoard {
  let rows: { readonly fault: Fault; left: number }[] = [];
  const counts = new WeakMap<Fault, number>();
  const add = (...faults: Fault[]): void => {
    rows.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
  };
  add(...initial);
  return {
    add,
    clear: () => {
      rows = [];
    },
    take<K extends FaultKind>(kind: K, endpoint: Endpoint, path: string) {
      const row = rows.find(({ fault }) => fault.kind === kind && meets(fault, endpoint, path));
      if (!row) return undefined;
      row.left -= 1;
      counts.set(row.fault, (counts.get(row.fault) ?? 0) + 1);
      if (row.left <= 0) rows = rows.filter((other) => other !== row);
      return row.fault as Extract<Fault, { kind: K }>;
    },
    met: (fault) => counts.get(fault) ?? 0,
  };
}

function meets(fault: Fault, endpoint: Endpoint, path: string): boolean {
  return (
    (fault.endpoint ?? "data") === endpoint && path.toLowerCase().startsWith((fault.path ?? "").toLowerCase())
  );
}

/** An answer that stands in for the real one. */
export interface FaultAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly location?: string;
}

const json = "application/json; charset=utf-8";

/** A host that nobody has: whoever follows, fails. */
const redirect: FaultAnswer = {
  status: 307,
  contentType: "text/html",
  body: "<html><body>Moved</body></html>",
  location: "https://elsewhere.invalid/",
};

const signInPage: FaultAnswer = {
  status: 200,
  contentType: "text/html",
  body: "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>",
};

const blockedPage: FaultAnswer = {
  status: 403,
  contentType: "text/html",
  body: "<!DOCTYPE html><html><head><title>Access denied</title></head><body>Blocked by policy</body></html>",
};

const proxySignIn: FaultAnswer = { ...blockedPage, status: 407 };

/** A refusal in the forms that errors have elsewhere; those of the Data API are not documented. */
export const refusals = {
  json: { contentType: json, body: '{"message":"Something is wrong with the request."}' },
  problem: {
    contentType: "application/problem+json",
    body: '{"type":"about:blank","title":"Bad Request","detail":"Something is wrong with the request."}',
  },
  text: { contentType: "text/plain", body: "Something is wrong with the request." },
  html: { contentType: "text/html", body: "<html><body><h1>Something is wrong</h1></body></html>" },
  empty: { contentType: "text/plain", body: "" },
} as const;

/**
 * What a fault answers, by endpoint. Entra throttles client credentials with plain text, and its front answers
 * in HTML when it is down; both have broken clients that read every answer as JSON.
 */
export const faultAnswers: Record<
  | "unauthorised"
  | "throttled"
  | "unavailable"
  | "redirected"
  | "sign-in-page"
  | "blocked-page"
  | "proxy-sign-in",
  Record<Endpoint, FaultAnswer>
> = {
  unauthorised: {
    data: { status: 401, contentType: json, body: '{"statusCode":401,"message":"Access denied."}' },
    token: { status: 401, contentType: json, body: '{"error":"invalid_client"}' },
  },
  throttled: {
    data: { status: 429, contentType: json, body: '{"statusCode":429,"message":"Rate limit is exceeded."}' },
    token: { status: 429, contentType: "text/plain", body: "Too Many Requests" },
  },
  unavailable: {
    data: { status: 503, contentType: json, body: '{"statusCode":503,"message":"Service unavailable."}' },
    token: {
      status: 503,
      contentType: "text/html",
      body: "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h2>Our services aren't available right now</h2></body></html>",
    },
  },
  redirected: { data: redirect, token: redirect },
  "sign-in-page": { data: signInPage, token: signInPage },
  "blocked-page": { data: blockedPage, token: blockedPage },
  "proxy-sign-in": { data: proxySignIn, token: proxySignIn },
};
