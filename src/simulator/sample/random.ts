/**
 * Seeded randomness. Each part of the sample data draws from its own stream, named by labels, so adding documents to
 * one part never changes another, and parts can be created lazily.
 * @module
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** One stream of random values. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** Uniform in [from, to]. */
  between(from: number, to: number): number;
  /** Whole number, both ends included. */
  integer(from: number, to: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Bell-shaped: most values within one `spread` of `mean`, none beyond three. */
  around(mean: number, spread: number): number;
  /** A random (version 4) GUID in lower case. */
  guid(): string;
}

/** The stream for a seed and labels: equal arguments always give the same values. */
export function randomFrom(seed: number, ...labels: (string | number)[]): Random {
  const generator = xoroshiro128plus(hash(`${seed}/${labels.join("/")}`));
  const fraction = (): number => uniformFloat64(generator);
  return {
    fraction,
    between: (from, to) => from + (to - from) * fraction(),
    integer: (from, to) => uniformInt(generator, from, to),
    chance: (probability) => fraction() < probability,
    pick: (list) => {
      const item = list[uniformInt(generator, 0, list.length - 1)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    // The sum of three uniform values has a standard deviation of 1/2 and a bell-shaped distribution.
    around: (mean, spread) => mean + spread * 2 * (fraction() + fraction() + fraction() - 1.5),
    guid: () => guidOf(generator.next(), generator.next(), generator.next(), generator.next()),
  };
}

/**
 * The GUID of 128 random bits. Written byte by byte: a string concatenated from pieces would keep the pieces in memory,
 * ten times its size, for every document.
 */
function guidOf(a: number, b: number, c: number, d: number): string {
  const version = (b & 0xffff0fff) | 0x4000;
  const variant = (c & 0x3fffffff) | 0x80000000;
  writeHex(a >>> 16, 0);
  writeHex(a & 0xffff, 4);
  writeHex(b >>> 16, 9);
  writeHex(version & 0xffff, 14);
  writeHex(variant >>> 16, 19);
  writeHex(c & 0xffff, 24);
  writeHex(d >>> 16, 28);
  writeHex(d & 0xffff, 32);
  return guidText.toString("latin1");
}

const guidText = Buffer.from("00000000-0000-0000-0000-000000000000", "latin1");
const hexDigits = Buffer.from("0123456789abcdef", "latin1");

/** Four hexadecimal digits at an offset. */
function writeHex(value: number, offset: number): void {
  for (let digit = 0; digit < 4; digit += 1) {
    guidText[offset + digit] = hexDigits[(value >>> (12 - 4 * digit)) & 15] ?? 0;
  }
}

/** FNV-1a: spreads similar labels over the whole range of seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
