import sheetsFormulaUi from "@univerjs/sheets-formula-ui/locale/en-US";
import { describe, expect, it } from "vitest";
import { gridTexts } from "../../../../../src/workbench/page/grid/locale.ts";

describe("the grid's texts", () => {
  it("keep the grid's own texts about formulas next to ours", () => {
    const { prompt, error } = sheetsFormulaUi["sheets-formula-ui"];
    expect(gridTexts).toHaveProperty(["sheets-formula-ui", "prompt"], prompt);
    expect(gridTexts).toHaveProperty(["sheets-formula-ui", "error", "name"], error.name);
    expect(gridTexts).toHaveProperty(
      ["sheets-formula-ui", "error", "undefined"],
      "The function has not answered yet.",
    );
  });
});
