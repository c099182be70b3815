import { expect, it } from "vitest";
import { didYouMean } from "../../../src/kalibrate/nearest.ts";

it.each([
  ["naem", ["importCode", "name", "brand"], "name"],
  ["Brnad", ["Area", "Brand", "ContractType"], "Brand"],
  ["PRICE", ["price"], "price"],
  ["efectiveTime", ["exportedTime", "effectiveTime"], "effectiveTime"],
])("%s is nearest to one of %j", (typed, known, meant) => {
  expect(didYouMean(typed, known)).toBe(` Did you mean “${meant}”?`);
});

it("suggests nothing that is another word", () => {
  expect(didYouMean("name", ["date", "brand"])).toBe("");
  expect(didYouMean("constructor", ["importCode"])).toBe("");
});
