import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import { parseGroups, parseMeasures } from "../../../../src/kalibrate/summary/expressions.ts";

const price = findCollection("price")!;
const groups = (...texts: string[]) => parseGroups(texts, price, {});
const measures = (...texts: string[]) => parseMeasures(texts, price, {});

describe("expressions of a summary", () => {
  it("reads paths and functions in any letter case, with the catalogue's names", () => {
    expect(groups(" SITE.brand.Name", "Day( EFFECTIVETIME )", "")).toEqual([
      { name: "site.brand.name", path: ["site", "brand", "name"], bucket: undefined },
      { name: "day(effectiveTime)", path: ["effectiveTime"], bucket: "day" },
    ]);
    expect(measures("Count", "count()", "count(*)", "COUNT(price)", "timeavg (price)")).toEqual([
      { name: "count", measure: "count", path: undefined },
      { name: "count", measure: "count", path: undefined },
      { name: "count", measure: "count", path: undefined },
      { name: "count(price)", measure: "count", path: ["price"] },
      { name: "timeavg(price)", measure: "timeavg", path: ["price"] },
    ]);
  });

  it("reads names in quotes, with everything that they may hold", () => {
    expect(measures("avg('Net Price')", "sum('Price (old), it''s')", "avg(site.'A, B)')")).toMatchObject([
      { path: ["Net Price"], name: "avg('Net Price')" },
      { path: ["Price (old), it's"] },
      { path: ["site", "A, B)"] },
    ]);
    // Excel drops a quote at the beginning of typed text.
    expect(groups("Net Price'")).toMatchObject([{ path: ["Net Price"] }]);
    expect(groups("day")).toMatchObject([{ path: ["day"], bucket: undefined }]);
  });

  it.each([
    [
      () => measures("count", " medain(price)"),
      /^Measures, item 2, position 2: .*“medain”.*Did you mean “median”/,
    ],
    [() => groups("dya(effectiveTime)"), /^By, item 1, position 1: .*Did you mean “day”/],
    [() => groups("avg(price)"), /no function “avg” here/],
    [() => measures("day(effectiveTime)"), /no function “day” here/],
    [() => measures("AVERAGE(price)"), /no function “AVERAGE” here\. Did you mean “avg”/],
    [() => groups("date(effectiveTime)"), /Did you mean “day”/],
    [() => measures("percentile(price)"), /no function “percentile” here\.$/],
    [() => measures("avg(price, source)"), /position 10: expected “\)”/],
    [() => measures("avg(price)/2"), /position 11: expected a comma or the end, found “\/2”/],
    [() => measures(" ", ","), /there are none/],
    [() => groups("constructor(price)"), /no function “constructor”/],
    [() => measures("price"), /expected a measure of “price”/],
    [() => measures("avg()"), /expected a field within avg/],
    [() => measures("avg(price"), /position 10: expected “\)”/],
    [() => measures("avg(price) sum(price)"), /position 12: expected a comma or the end/],
    [() => measures("avg(sum(price))"), /position 8: expected “\)”/],
    [() => measures(), /there are none/],
  ])("refuses what cannot be read %#", (work, message) => {
    expect(work).toThrow(expect.objectContaining({ code: "KAL_QUERY_INVALID" }));
    expect(work).toThrow(message);
  });

  it.each(["avg(1.4)", "avg(*)", "avg(a b)"])("refuses the field of %s", (text) => {
    expect(() => measures(text)).toThrow(expect.objectContaining({ code: "KAL_FIELD_UNKNOWN" }));
  });

  it("refuses personal data where it is hidden", () => {
    const work = () => parseGroups(["day(user)"], price, { hidePersonalData: true });
    expect(work).toThrow(expect.objectContaining({ code: "KAL_FORBIDDEN" }));
  });
});
