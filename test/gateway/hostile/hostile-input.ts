/**
 * The rows of the hostile-input tables.
 * @module
 */
import type { ErrorCode } from "../../../src/kalibrate/errors.ts";

/** The expected answer: a status and, for a refusal, a code of the catalogue. */
export type Expected = readonly [status: number, code?: ErrorCode];

/** Inputs of one kind with the same answer. */
export interface Group<T> {
  /** What they have in common, as the subject of a sentence. */
  readonly what: string;
  readonly answered: Expected;
  readonly inputs: readonly T[];
}
