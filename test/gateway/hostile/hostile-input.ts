/**
 * What a row of the hostile-input table is.
 * @module
 */
import type { ErrorCode } from "../../../src/kalibrate/errors.ts";

/** What the service answers: a status and, where it refuses, a code of the catalogue. */
export type Expected = readonly [status: number, code?: ErrorCode];

/** Inputs of one kind that are answered alike. */
export interface Group<T> {
  /** What they have in common, as a sentence's subject. */
  readonly what: string;
  readonly answered: Expected;
  readonly inputs: readonly T[];
}
