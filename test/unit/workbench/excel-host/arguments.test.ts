import { describe, expect, it } from "vitest";
import type { Argument } from "../../../../src/workbench/excel-host/arguments.ts";
import { parameterValues } from "../../../../src/workbench/excel-host/arguments.ts";
import type { ParameterMetadata } from "../../../../src/workbench/excel-host/functions-metadata.ts";

const values = (parameters: Partial<ParameterMetadata>[], args: Argument[]) =>
  parameterValues(
    { id: "F", name: "F", parameters: parameters.map((each, index) => ({ name: `p${index + 1}`, ...each })) },
    args,
  );

describe("arguments", () => {
  it.each<[ParameterMetadata["type"], Argument, unknown]>([
    ["any", "7", "7"],
    ["any", [[1]], 1],
    ["any", undefined, null],
    ["number", "7", 7],
    ["number", " 7.5 ", 7.5],
    ["number", true, 1],
    ["number", [[null]], 0],
    ["string", 7, "7"],
    ["string", true, "TRUE"],
    ["string", [[null]], ""],
    ["boolean", 0, false],
    ["boolean", 2, true],
    ["boolean", "true", true],
    ["boolean", [[null]], false],
  ])("of type %s: %j becomes %j", (type, given, sent) => {
    expect(values([{ type: type! }], [given])).toEqual([sent]);
  });

  it.each<[ParameterMetadata["type"], Argument]>([
    ["number", "seven"],
    ["number", ""],
    ["boolean", "yes"],
  ])("of type %s: %j is #VALUE! without a call", (type, given) => {
    expect(values([{ type: type! }], [given])).toEqual({ error: "#VALUE!" });
  });

  it("are wrapped for a matrix and converted within", () => {
    const matrix = { dimensionality: "matrix" } as const;
    expect(values([matrix, matrix], [1, [["a", null]]])).toEqual([[[1]], [["a", null]]]);
    expect(values([{ ...matrix, type: "number" }], [[["1", null]]])).toEqual([[[1, 0]]]);
    expect(values([{ ...matrix, type: "number" }], [[["1", "x"]]])).toEqual({ error: "#VALUE!" });
  });

  it("that are errors become the result", () => {
    const error = { error: "#N/A", message: "none" } as const;
    expect(values([{}, { dimensionality: "matrix" }], [1, [[2, error]]])).toEqual(error);
  });

  it("are padded with null", () => {
    expect(values([{}, { optional: true }, { optional: true }], [1])).toEqual([1, null, null]);
    expect(values([{}, { optional: true }, { optional: true }], [1, null, 3])).toEqual([1, null, 3]);
  });

  it("that repeat arrive as one array", () => {
    const repeating = { repeating: true, optional: true, dimensionality: "matrix" } as const;
    expect(values([{}, repeating], ["a", 1, [[2, 3]], null])).toEqual(["a", [[[1]], [[2, 3]], null]]);
    expect(values([{}, repeating], ["a"])).toEqual(["a", null]);
    expect(values([{ ...repeating, type: "number" }], [1, "x"])).toEqual({ error: "#VALUE!" });
  });

  it.each<[Partial<ParameterMetadata>[], Argument[], string]>([
    [[{}], [], "0 arguments; that is too few"],
    [[{}], [1, 2], "2 arguments; that is too many"],
    [[{}, {}, { optional: true }], [1], "1 argument; that is too few"],
    [[{ repeating: true }], [], "too few"],
    [[{}], [[[1, 2]]], "single value for p1"],
  ])("are refused as Excel would or as this host must: %j %j", (parameters, args, message) => {
    expect(() => values(parameters, args)).toThrow(message);
  });

  it("that are too few name what may be given", () => {
    expect(() => values([{}, { optional: true }], [])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("F(p1, [p2])") as string }) as Error,
    );
  });
});
