import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapeOf } from "../../../../src/addin/functions/lookup-shape.ts";

const matrix = (rows: number, columns: number, name = "v") =>
  Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => `${name}${row}${column}`),
  );

describe("the shape of a lookup", () => {
  it("of single values is one cell", () => {
    const shape = shapeOf([[["a"]], [["b"]]]);
    expect([shape.rows, shape.columns, shape.valuesAt(0, 0)]).toEqual([1, 1, ["a", "b"]]);
  });

  it("is that of the range, single values repeat", () => {
    const shape = shapeOf([matrix(2, 3), [["b"]]]);
    expect([shape.rows, shape.columns, shape.valuesAt(1, 2)]).toEqual([2, 3, ["v12", "b"]]);
  });

  it("of a column with a row is a grid", () => {
    const shape = shapeOf([matrix(4, 1, "r"), matrix(1, 3, "c"), [["x"]]]);
    expect([shape.rows, shape.columns, shape.valuesAt(3, 2)]).toEqual([4, 3, ["r30", "c02", "x"]]);
  });

  it.each([
    [[matrix(2, 1), matrix(3, 1)]],
    [[matrix(2, 1), matrix(2, 3)]],
    [[matrix(2, 2), matrix(1, 2)]],
    [[matrix(2, 1), matrix(1, 3), matrix(2, 3)]],
  ])("is refused with the sizes for %j", (matrices) => {
    expect(() => shapeOf(matrices)).toThrow(/do not match: \d×\d, \d×\d/);
  });

  it("has one value per key everywhere", () => {
    const size = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 4 }), (rows, columns, keys) => {
        const shape = shapeOf(Array.from({ length: keys }, () => matrix(rows, columns)));
        for (let row = 0; row < shape.rows; row += 1) {
          for (let column = 0; column < shape.columns; column += 1) {
            expect(shape.valuesAt(row, column)).toEqual(
              Array.from({ length: keys }, () => `v${row}${column}`),
            );
          }
        }
      }),
    );
  });
});
