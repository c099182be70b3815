import { describe, expect, it } from "vitest";
import { parseSliceAddress } from "../../../../src/kalibrate/catalogue/slice-address.ts";
import { collections } from "../../../../src/kalibrate/catalogue/collections.ts";

describe("parseSliceAddress", () => {
  it.each([
    ["price", "price", undefined, "/price"],
    [" Price ", "price", undefined, "/price"],
    ["reference/Brand", "reference", "Brand", "/reference/brand"],
    [" REFERENCE / Brand", "reference", "Brand", "/reference/brand"],
    [
      "surveyhistory/CompetitorSurveyTarget",
      "surveyhistory",
      "CompetitorSurveyTarget",
      "/surveyhistory/competitorsurveytarget",
    ],
  ])("%j", (text, name, entityType, path) => {
    const address = parseSliceAddress(text);
    expect(address).toMatchObject({ entityType, path });
    expect(address.collection.name).toBe(name);
  });

  it.each([
    "",
    ":",
    "sandpit:price",
    "prices ",
    "price/Own",
    "reference/",
    "reference/../status",
    "reference/a/b",
    "status",
    "x".repeat(1e6),
  ])("refuses %.20j", (text) => {
    const problem = catching(() => parseSliceAddress(text));
    expect(problem).toMatchObject({ code: "KAL_COLLECTION_UNKNOWN" });
    expect(problem.message.length).toBeLessThan(200);
  });

  it("names the nearest collection", () => {
    expect(() => parseSliceAddress("prices")).toThrow("Did you mean “price”?");
    expect(() => parseSliceAddress("refrence/Brand")).toThrow("Did you mean “reference”?");
  });
});

it("default columns hold no personal data", () => {
  const personal = /manager|user|email|phone|fax|sms/i;
  for (const { defaultColumns } of collections)
    expect(defaultColumns.filter((name) => personal.test(name))).toEqual([]);
});

it("default columns are a contract", () => {
  expect(
    Object.fromEntries(collections.map(({ name, defaultColumns }) => [name, defaultColumns.join(", ")])),
  ).toMatchSnapshot();
});

function catching(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
