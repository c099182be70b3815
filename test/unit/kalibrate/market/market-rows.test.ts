import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClockTime } from "../../../../src/kalibrate/clock-time.ts";
import { kilometresBetween } from "../../../../src/kalibrate/market/distance.ts";
import {
  marketColumns,
  marketRows,
  type MarketSite,
  type Offer,
} from "../../../../src/kalibrate/market/market-rows.ts";
import type { TableValue } from "../../../../src/kalibrate/table.ts";

const site = (code: string, more: Partial<MarketSite> = {}): MarketSite => ({
  isOwn: false,
  code,
  name: `Site ${code}`,
  brand: "Bay",
  latitude: 52,
  longitude: -1,
  ...more,
});
const ours = site("1001", { isOwn: true });
const offer = (at: MarketSite, price: TableValue, more: Partial<Offer> = {}): Offer => ({
  site: at,
  product: "d",
  productCode: "DSL",
  productName: "Diesel",
  price,
  time: "2026-11-20T06:00:00",
  ...more,
});
const at = readClockTime("2026-11-20T08:30:00")!;
const names = marketColumns().map(({ name }) => name);
const read = (offers: Offer[], moment = at) =>
  marketRows(ours, offers, moment).map(
    (row) =>
      Object.fromEntries(row.map((value, place) => [names[place], value])) as Record<string, TableValue>,
  );

it("has the columns that saved workbooks rely on", () => {
  expect(names).toEqual([
    "market",
    "productCode",
    "product",
    "siteCode",
    "site",
    "brand",
    "own",
    "price",
    "difference",
    "rank",
    "effectiveTime",
    "ageHours",
    "distanceKm",
  ]);
});

describe("rows of a product", () => {
  it("begin with ours, then go by price; equal prices share a rank", () => {
    const rows = read([
      offer(site("C3"), 1.459),
      offer(site("C2"), 1.459),
      offer(ours, 1.469),
      offer(site("C1"), 1.479),
    ]);
    expect(rows.map(({ siteCode, own, rank, difference }) => [siteCode, own, rank, difference])).toEqual([
      ["1001", true, 3, 0],
      ["C2", false, 1, -0.01],
      ["C3", false, 1, -0.01],
      ["C1", false, 4, 0.01],
    ]);
  });

  it("stay where there is no price, at the end and without figures", () => {
    const rows = read([
      offer(ours, 1.459),
      offer(site("C1"), null, { time: null }),
      offer(site("C2"), 1.449),
    ]);
    expect(
      rows.map(({ siteCode, price, rank, difference, ageHours }) => [
        siteCode,
        price,
        rank,
        difference,
        ageHours,
      ]),
    ).toEqual([
      ["1001", 1.459, 2, 0, 2.5],
      ["C2", 1.449, 1, -0.01, 2.5],
      ["C1", null, null, null, null],
    ]);
  });

  it("have no difference where we do not sell it, or where our own price is not clear", () => {
    const [alone] = read([offer(site("C1"), 1.449)]);
    expect(alone).toMatchObject({ difference: null, rank: 1 });
    const unclear = read([offer(ours, { error: "KAL_AMBIGUOUS" }), offer(site("C1"), 1.449)]);
    expect(unclear.map(({ difference }) => difference)).toEqual([null, null]);
    const twoPrices = read([offer(ours, 1.459), offer(ours, 1.469), offer(site("C1"), 1.449)]);
    expect(twoPrices.map(({ difference }) => difference)).toEqual([null, null, null]);
  });

  it("keep products apart, in the order of their codes", () => {
    const unleaded = { product: "u", productCode: "UNL", productName: "Unleaded" };
    const rows = read([offer(ours, 1.399, unleaded), offer(site("C1"), 1.389, unleaded), offer(ours, 1.459)]);
    expect(rows.map(({ productCode, rank }) => [productCode, rank])).toEqual([
      ["DSL", 1],
      ["UNL", 2],
      ["UNL", 1],
    ]);
  });
});

describe("the age of a price", () => {
  const age = (time: string, moment: string) =>
    read([offer(ours, 1.4, { time })], readClockTime(moment))[0]?.["ageHours"];

  it("is true time where both name their zone, else what the clocks show", () => {
    expect(age("2026-11-20T06:00:00Z", "2026-11-20T08:00:00+01:00")).toBe(1);
    expect(age("2026-11-20T06:00:00", "2026-11-20T08:00:00+01:00")).toBe(2);
    expect(age("2026-11-20T06:00:00Z", "2026-11-20T08:00:00")).toBe(2);
    // The day on which the clock is put back has 25 hours.
    expect(age("2026-10-25T00:00:00+01:00", "2026-10-26T00:00:00Z")).toBe(25);
  });
});

describe("the distance", () => {
  it("is that of the great circle, to ten metres", () => {
    const london = { latitude: 51.5074, longitude: -0.1278 };
    const paris = { latitude: 48.8566, longitude: 2.3522 };
    expect(kilometresBetween(london, paris)).toBeCloseTo(343.56, 0);
    expect(kilometresBetween(london, london)).toBe(0);
    expect(kilometresBetween({ latitude: 10, longitude: 0 }, { latitude: -10, longitude: 180 })).toBeCloseTo(
      Math.PI * 6371,
      1,
    );
  });

  it("is unknown where a position is", () => {
    const here = { latitude: 51.5, longitude: 0 };
    expect(kilometresBetween(here, { latitude: null, longitude: 2 })).toBeNull();
    expect(kilometresBetween(here, { latitude: 0, longitude: 0 })).toBeNull();
    expect(kilometresBetween(here, { latitude: "51", longitude: 0 })).toBeNull();
  });
});

it("agrees with the definition for any offers", () => {
  const sites = [ours, site("C1"), site("C2"), site("C3"), site("C4")];
  const offers = fc.array(
    fc.record({
      at: fc.constantFrom(...sites),
      product: fc.constantFrom("d", "u"),
      price: fc.option(fc.integer({ min: 1200, max: 1210 }).map((tenths) => tenths / 1000)),
    }),
  );
  fc.assert(
    fc.property(offers, (given) => {
      const rows = read(
        given.map(({ at, product, price }) => offer(at, price, { product, productCode: product })),
      );
      expect(rows).toHaveLength(given.length);
      for (const product of ["d", "u"]) {
        const some = rows.filter(({ productCode }) => productCode === product);
        const tenths = some.flatMap(({ price }) =>
          typeof price === "number" ? [Math.round(price * 1000)] : [],
        );
        const own = new Set(some.filter((row) => row["own"]).map(({ price }) => price));
        const [ourPrice] = own;
        for (const { price, rank, difference } of some) {
          const mine = typeof price === "number" ? Math.round(price * 1000) : undefined;
          expect(rank).toBe(mine === undefined ? null : 1 + tenths.filter((other) => other < mine).length);
          const isClear = own.size === 1 && typeof ourPrice === "number" && mine !== undefined;
          expect(difference).toBe(isClear ? (mine - Math.round(ourPrice * 1000)) / 1000 : null);
        }
        const others = some.filter((row) => !row["own"]).map(({ price }) => price ?? Infinity);
        expect(others).toEqual(others.toSorted((a, b) => Number(a) - Number(b)));
        expect(some.map((row) => row["own"])).toEqual(
          some
            .map((row) => row["own"])
            .sort()
            .reverse(),
        );
      }
    }),
  );
});
