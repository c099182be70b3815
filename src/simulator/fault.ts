/**
 * The faults that there are, and which requests each meets.
 * @module
 */
import type { refusals } from "./fault-answers.ts";
import type { Endpoint } from "./request-log.ts";

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

/** Another list than the whole one that holds still. */
export type ListFault =
  /** Every request finds the list in another order. */
  | { readonly kind: "unstable-order" }
  /** About one in `every` documents stands in the list a second time. */
  | { readonly kind: "repeats"; readonly every: number }
  /** About one in `every` entities is there in an older version as well. */
  | { readonly kind: "old-versions"; readonly every: number }
  /** About one in `every` documents is there three times under one identity, with other times and prices. */
  | { readonly kind: "shared-identity"; readonly every: number }
  /** About one in `every` documents is there as Proposed as well, under the same id and version. */
  | { readonly kind: "shared-id"; readonly every: number }
  /** The list holds `count` documents only, the same ones in whatever order. */
  | { readonly kind: "short"; readonly count: number }
  /** Between two requests the first `count` documents go. */
  | { readonly kind: "going"; readonly count: number }
  /** Between two requests `count` documents come in front, copies of others under new ids. */
  | { readonly kind: "appearing"; readonly count: number }
  /** All documents were created at one moment. */
  | { readonly kind: "one-creation" }
  /** About one in `every` documents has no time of creation, and a list that is ordered leaves it out. */
  | { readonly kind: "no-creation"; readonly every: number };

/** How a document is written down otherwise. */
export type Shape =
  /** One object instead of `id` and `data`. */
  | { readonly kind: "flat" }
  /** Keys without a value come as null; otherwise they are left out. */
  | { readonly kind: "explicit-nulls" }
  /** Keys that nobody has seen before. */
  | { readonly kind: "unknown-keys" }
  /** Another variant and entity type than any known. */
  | { readonly kind: "unknown-variant" }
  /** References to other entities: a bare id, an id in capitals, null, or no key at all. */
  | { readonly kind: "references"; readonly as: "text" | "capitals" | "null" | "absent" }
  /** Times: with Z, with an offset, with a fraction, as a bare day, or on a clock without a zone. */
  | { readonly kind: "dates"; readonly as: "z" | "offset" | "fraction" | "day" | "local" }
  /** Money as text, or in a hundredth of the unit. */
  | { readonly kind: "money"; readonly as: "text" | "minor" }
  /** 0 and 1 instead of false and true. */
  | { readonly kind: "bits" };
