/**
 * The types of shared answers.
 * @module
 */

/** A head and items, such as the columns and rows of a table. */
export interface Answer<Head = unknown, Item = unknown> {
  readonly head: Head;
  readonly items: readonly Item[];
  /** Milliseconds since the epoch of its oldest data. */
  readonly asOf: number;
}

/** An answer as bytes; see packed.ts. */
export type Packed = readonly Buffer[];

/** The source of an answer: this call's pull, another caller's, the cache, or another replica. */
export type Origin = "pull" | "joined" | "memory" | "replica";

export interface Age {
  /** When its pull started: milliseconds on the steady clock. */
  readonly started: number;
  /** How much older its oldest data was at that time. Milliseconds. */
  readonly lag: number;
}

/**
 * @param now milliseconds on the steady clock.
 * @param keepFor seconds for which the answer may be shared.
 * @param maxAge seconds, if the caller wants it younger; its oldest data counts.
 */
export function isFresh({ started, lag }: Age, now: number, keepFor: number, maxAge?: number): boolean {
  const age = now - started;
  return age < keepFor * 1000 && (maxAge === undefined || age + lag < maxAge * 1000);
}

/** A shared answer with its source data. */
export interface Found extends Age {
  readonly answer: Answer;
  readonly origin: "pull" | "replica";
  /** Present if it has already been packed. */
  readonly packed?: Promise<Packed>;
}

/**
 * A caller who requests current data within this time after a pull has started shares that pull while it is in
 * progress: the calls of one refresh, or of people who refresh at the same time. Milliseconds.
 */
export const spread = 1000;

export interface OnceOptions {
  /** Seconds. */
  readonly maxAge: number;
  /** Seconds for which an answer is kept for others. */
  readonly keepFor: number;
  /** The key with the owner's former name, during a rotation. */
  readonly formerKey?: string | undefined;
  readonly pull: () => Promise<Found>;
  /** Aborts when no caller waits any more. */
  readonly stop: AbortSignal;
}

/** The other replicas of this service. */
export interface Replicas {
  /**
   * The answer that a replica has or is pulling, if it is new enough; otherwise that of our own pull.
   * @throws any error of our own pull.
   */
  once(key: string, options: OnceOptions): Promise<Found>;
}
