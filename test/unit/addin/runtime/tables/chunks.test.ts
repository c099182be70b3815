import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Chunk,
  chunkLimits,
  chunksOf,
  type Content,
  lengthOf,
} from "../../../../../src/addin/runtime/tables/chunks.ts";

const content = fc.oneof(fc.string({ maxLength: 40, unit: "grapheme" }), fc.double(), fc.boolean());

const tables = fc
  .integer({ min: 1, max: 9 })
  .chain((width) => fc.array(fc.array(content, { minLength: width, maxLength: width }), { maxLength: 30 }));

const limits = fc.record({
  cells: fc.integer({ min: 1, max: 30 }),
  characters: fc.integer({ min: 1, max: 300 }),
});

/** What is in the cells once all chunks are written. */
function written(chunks: readonly Chunk[]): Content[][] {
  const rows: Content[][] = [];
  for (const { row, column, contents } of chunks) {
    contents.forEach((line, down) =>
      line.forEach((content, right) => {
        const cells = (rows[row + down] ??= []);
        expect(cells[column + right]).toBeUndefined();
        cells[column + right] = content;
      }),
    );
  }
  return rows;
}

describe("chunks", () => {
  it("write every cell once, in its place", () => {
    fc.assert(
      fc.property(tables, limits, (rows, limit) => {
        expect(written([...chunksOf(rows, limit)])).toEqual(rows);
      }),
    );
  });

  it("are rectangles within the limits, except for a single cell that alone is beyond them", () => {
    fc.assert(
      fc.property(tables, limits, (rows, limit) => {
        for (const { contents } of chunksOf(rows, limit)) {
          const cells = contents.flat();
          const characters = cells.reduce<number>((sum, cell) => sum + lengthOf(cell), 0);
          expect(new Set(contents.map((line) => line.length)).size).toBe(1);
          expect(cells.length).toBeLessThanOrEqual(limit.cells);
          if (cells.length > 1) expect(characters).toBeLessThanOrEqual(limit.characters);
        }
      }),
    );
  });

  it("come in the order in which they are read down the sheet, so that what is written is always the top", () => {
    fc.assert(
      fc.property(tables, limits, (rows, limit) => {
        const places = [...chunksOf(rows, limit)].map(({ row, column }) => row * 1000 + column);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it("are as large as they may be", () => {
    const rows = Array.from({ length: 10 }, (_, row) => [row, row]);
    const lengths = (cells: number, characters: number) =>
      [...chunksOf(rows, { cells, characters })].map(({ contents }) => contents.length);
    expect(lengths(8, 1000)).toEqual([4, 4, 2]);
    expect(lengths(1000, 12)).toEqual([3, 3, 3, 1]);
  });

  it("stay well below what Excel on the web takes, even where every character needs three bytes", () => {
    const rows = Array.from({ length: 3000 }, () => ["日".repeat(1000), "価".repeat(1000)]);
    const chunks = [...chunksOf(rows)];
    expect(Math.max(...chunks.map(({ contents }) => new Blob([JSON.stringify(contents)]).size))).toBeLessThan(
      3.1e6,
    );
    expect(written(chunks)).toHaveLength(3000);
    expect(chunkLimits.cells).toBeLessThanOrEqual(20_000);
  });

  it("there are none of no rows", () => {
    expect([...chunksOf([])]).toEqual([]);
  });
});
