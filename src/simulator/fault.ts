/**
 * All faults, and which requests each applies to.
 * @module
 */
import type { refusals } from "./fault-answers.ts";
import type { Endpoint } from "./request-log.ts";

/** Which requests a fault applies to: all of an endpoint, unless narrowed. */
export interface FaultScope {
  /** Default: `data`. */
  readonly endpoint?: Endpoint;
  /** Only paths that start with this, in any letter case: `/api/price`. */
  readonly path?: string;
  /** The fault ends after this many requests; default: never. */
  readonly times?: number;
}

/** How long the caller should wait: seconds, a date, or not given. */
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
    /** An HTML page with status 200, as sent by an intermediary. */
    | { readonly kind: "sign-in-page" }
    /** The connection is closed without an answer. */
    | { readonly kind: "down" }
    /** The answer is delayed by `delay` milliseconds. */
    | { readonly kind: "slow"; readonly delay: number }
    /** The connection is closed in the middle of the body. */
    | { readonly kind: "cut-off" }
    /** The body is complete but not valid JSON. */
    | { readonly kind: "malformed" }
    /** The body is compressed although the client did not accept it; `lies`: only the header says so. */
    | { readonly kind: "encoded"; readonly coding: Coding; readonly lies?: true }
    /** A web page with status 403, as sent by a proxy that inspects the connection. */
    | { readonly kind: "blocked-page" }
    /** Status 407, as from a proxy, instead of the upstream's answer. */
    | { readonly kind: "proxy-sign-in" }
    /** An answer holds at most `cap` documents, whatever limit was requested. */
    | { readonly kind: "page-cap"; readonly cap: number }
    /** `limit=0` returns at most `cap` documents instead of all. */
    | { readonly kind: "unlimited-cap"; readonly cap: number }
    /** `limit=0` is refused with 400. */
    | { readonly kind: "unlimited-refused" }
    /** A filter on a property that no document has is refused with 400 instead of matching nothing. */
    | { readonly kind: "unknown-property" }
    /** A filter on a property that no document has is ignored. */
    | { readonly kind: "ignored-property" }
    /** `=` and `@=` ignore letter case. */
    | { readonly kind: "any-case" }
    /** `<=` is refused with 400: the readable part of the documentation ends before it. */
    | { readonly kind: "no-less-or-equal" }
    /** Clauses must be joined by a literal plus: a blank (`%20`) between them is refused. */
    | { readonly kind: "literal-plus" }
    /** Entity types have no paths of their own: `reference/brand` does not exist. */
    | { readonly kind: "no-type-paths" }
    /**
     * The list comes in an object, under this name, next to these members. `total` names the member with the total
     * number of documents.
     */
    | {
        readonly kind: "envelope";
        readonly name: string;
        readonly members?: Readonly<Record<string, unknown>>;
        readonly total?: string;
      }
    /** If nothing is selected, or the offset is beyond the end, the list holds one null. */
    | { readonly kind: "null-for-nothing" }
    /** If nothing is selected, the answer is 204 without a body. */
    | { readonly kind: "no-content" }
    /** The request is refused with a body in this form. */
    | { readonly kind: "refused"; readonly status: number; readonly form: keyof typeof refusals }
    /** `expires_in` of a token, as a number or as text; the token's real lifetime does not change. */
    | { readonly kind: "token-lifetime"; readonly seconds: number | string }
    | Shape
    | ListFault
  );

/** A content coding; `deflate-raw` is the raw form that some servers send as `deflate`. */
export type Coding = "gzip" | "br" | "deflate" | "deflate-raw" | "zstd";

export type FaultKind = Fault["kind"];

/** Faults in the list of documents: it is incomplete, has duplicates, or changes between requests. */
export type ListFault =
  /** Every request gets the list in another order. */
  | { readonly kind: "unstable-order" }
  /** About one in `every` documents occurs twice. */
  | { readonly kind: "repeats"; readonly every: number }
  /** About one in `every` entities also occurs in an older version. */
  | { readonly kind: "old-versions"; readonly every: number }
  /** About one in `every` documents occurs three times under one identity, with different times and prices. */
  | { readonly kind: "shared-identity"; readonly every: number }
  /** About one in `every` documents also occurs as Proposed, with the same id and version. */
  | { readonly kind: "shared-id"; readonly every: number }
  /** The list holds only `count` documents, always the same ones. */
  | { readonly kind: "short"; readonly count: number }
  /** The first `count` documents disappear between two requests. */
  | { readonly kind: "going"; readonly count: number }
  /** Between two requests, `count` documents appear at the front: copies of others with new ids. */
  | { readonly kind: "appearing"; readonly count: number }
  /** All documents have the same time of creation. */
  | { readonly kind: "one-creation" }
  /** About one in `every` documents has no time of creation; an ordered list omits it. */
  | { readonly kind: "no-creation"; readonly every: number };

/** Other ways to write a document. */
export type Shape =
  /** One object instead of `id` and `data`. */
  | { readonly kind: "flat" }
  /** Keys without a value are sent as null instead of being omitted. */
  | { readonly kind: "explicit-nulls" }
  /** Adds undocumented keys. */
  | { readonly kind: "unknown-keys" }
  /** Uses an undocumented variant and entity type. */
  | { readonly kind: "unknown-variant" }
  /** References to other entities: as a bare id, as an id in capitals, as null, or omitted. */
  | { readonly kind: "references"; readonly as: "text" | "capitals" | "null" | "absent" }
  /** Times: with Z, with an offset, with a fraction, as a date alone, or without a zone. */
  | { readonly kind: "dates"; readonly as: "z" | "offset" | "fraction" | "day" | "local" }
  /** Money as text, or in hundredths of the unit. */
  | { readonly kind: "money"; readonly as: "text" | "minor" }
  /** 0 and 1 instead of false and true. */
  | { readonly kind: "bits" };
