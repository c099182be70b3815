import { describe, expect, it } from "vitest";
import { soften } from "../../../../../src/workbench/page/grid/colours.ts";

describe("the grid's dark colours", () => {
  it.each([
    ["#000000", "rgba(27, 28, 31, 1)"],
    ["#ffffff", "rgba(255, 255, 255, 1)"],
    ["rgb(0,0,0)", "rgba(27, 28, 31, 1)"],
    ["rgba(255,255,255,0.5)", "rgba(255, 255, 255, 0.5)"],
    ["#808080", "rgba(141, 142, 143, 1)"],
  ])("%s becomes %s", (inverted, soft) => {
    expect(soften(inverted)).toBe(soft);
  });
});
