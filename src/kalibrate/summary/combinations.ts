/**
 * Numbers for combinations, so that groups and series are found without making a text for each record.
 * @module
 */
import type { TableValue } from "../table.ts";
import { wholeNumbers } from "./number-list.ts";
import type { ValueNumbers } from "./value-numbers.ts";

/** Numbers combinations from 0, in order of appearance. */
export interface Combinations {
  readonly count: number;
  /** @param numbers as many as the combinations are wide; each at least 0 and below 2^26 */
  readonly numberOf: (numbers: readonly number[]) => number;
  /** The number at this place of a combination. */
  readonly at: (combination: number, place: number) => number;
}

/** A Map has at most 2^24 keys, so all pairs of its numbers are exact. */
const maxNumbers = 2 ** 26;

export function createCombinations(width: number): Combinations {
  // The first number, continued by each further one, has a number of its own.
  const levels = Array.from({ length: width }, () => new Map<number, number>());
  const columns = levels.map(wholeNumbers);
  let count = 0;
  return {
    get count() {
      return count;
    },
    numberOf(numbers) {
      let found = 0;
      for (let place = 0; place < levels.length; place += 1) {
        const level = levels[place];
        const key = found * maxNumbers + (numbers[place] ?? 0);
        found = level?.get(key) ?? -1;
        if (found >= 0 || !level) continue;
        found = level.size;
        level.set(key, found);
      }
      if (found === count) {
        count += 1;
        columns.forEach((column, place) => column.add(numbers[place] ?? 0));
      }
      return found;
    },
    at: (combination, place) => columns[place]?.at(combination) ?? 0,
  };
}

/** Numbers combinations of values. */
export interface Tuples {
  readonly count: number;
  readonly numberOf: (values: readonly TableValue[]) => number;
  readonly valuesOf: (tuple: number) => TableValue[];
}

/** @param columns give their values numbers */
export function createTuples(columns: readonly Pick<ValueNumbers, "numberOf" | "valueOf">[]): Tuples {
  const combinations = createCombinations(columns.length);
  const numbers = columns.map(() => 0);
  return {
    get count() {
      return combinations.count;
    },
    numberOf(values) {
      for (let place = 0; place < columns.length; place += 1)
        numbers[place] = columns[place]?.numberOf(values[place] ?? null) ?? 0;
      return combinations.numberOf(numbers);
    },
    valuesOf: (tuple) => columns.map(({ valueOf }, place) => valueOf(combinations.at(tuple, place))),
  };
}
