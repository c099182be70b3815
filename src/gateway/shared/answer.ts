/**
 * What is shared, and how it is found.
 * @module
 */

/** Something at the head, and items, such as the columns and rows of a table. */
export interface Answer<Head = unknown, Item = unknown> {
  readonly head: Head;
  readonly items: readonly Item[];
  /** Milliseconds since the epoch of its oldest data. */
  readonly asOf: number;
}

/** An answer as bytes; see packed.ts. */
export type Packed = readonly Buffer[];

/** Where an answer came from: this call's pull, another caller's, memory, or another replica. */
export type Origin = "pull" | "joined" | "memory" | "replica";

/** An answer as it was found. */
export interface Found {
  readonly answer: Answer;
  /** When its pull began: milliseconds by the steady clock. */
  readonly started: number;
  /** Milliseconds by which its oldest data was older then. */
  readonly lag: number;
  readonly origin: "pull" | "replica";
  /** Where it has been packed already. */
  readonly packed?: Promise<Packed>;
}

/**
 * Who asks for data from now on within this many milliseconds of the beginning of a pull shares it while it is under
 * way: the calls of one refresh, or of people who refresh at the same time.
 */
export const spread = 1000;

export interface OnceOptions {
  /** Seconds. */
  readonly maxAge: number;
  /** Seconds for which an answer is kept for others. */
  readonly keepFor: number;
  readonly pull: () => Promise<Found>;
  /** Aborts when nobody waits any more. */
  readonly stop: AbortSignal;
}

/** The other replicas of this service. */
export interface Replicas {
  /**
   * The answer that a replica has or is pulling, if it is new enough, else that of the own pull.
   * @throws what the own pull throws.
   */
  once(key: string, options: OnceOptions): Promise<Found>;
}
