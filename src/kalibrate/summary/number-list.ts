/**
 * Long lists of numbers in little memory. They grow in pieces, so that growing copies nothing.
 * @module
 */

const pieceLength = 65_536;

type Numbers = Float64Array | Int32Array | Int16Array;

export interface NumberList {
  readonly length: number;
  readonly add: (value: number) => void;
  /** @param index below `length` */
  readonly at: (index: number) => number;
}

export function createNumberList(makePiece: (length: number) => Numbers): NumberList {
  const pieces: Numbers[] = [];
  let last = makePiece(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(value) {
      const index = length % pieceLength;
      if (index === 0) pieces.push((last = makePiece(pieceLength)));
      last[index] = value;
      length += 1;
    },
    at: (index) => pieces[Math.floor(index / pieceLength)]?.[index % pieceLength] ?? NaN,
  };
}

export const doubles = (): NumberList => createNumberList((length) => new Float64Array(length));
export const wholeNumbers = (): NumberList => createNumberList((length) => new Int32Array(length));

/** Indexes sorted by their number: those of the number `n` are `order` from `starts[n]` to `starts[n + 1]`. */
export interface Ordered {
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/** @param count all numbers are at least 0 and below this. */
export function groupIndexes(numbers: NumberList, count: number): Ordered {
  const starts = new Int32Array(count + 1);
  for (let index = 0; index < numbers.length; index += 1) {
    const behind = numbers.at(index) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  let before = 0;
  starts.forEach((size, number) => (starts[number] = before += size));
  const next = starts.slice();
  const order = new Int32Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers.at(index);
    const place = next[number] ?? 0;
    order[place] = index;
    next[number] = place + 1;
  }
  return { order, starts };
}
