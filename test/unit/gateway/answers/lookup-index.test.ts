import { describe, expect, it } from "vitest";
import { indexRows } from "../../../../src/gateway/answers/lookup-index.ts";
import type { KeyValue } from "../../../../src/kalibrate/gateway-api.ts";
import { serialOf } from "../../../../src/kalibrate/serial-date.ts";
import type { TableValue } from "../../../../src/kalibrate/table.ts";

const find = (key: TableValue, value: KeyValue) => indexRows([[key, "found"]], 1, false).find(1, [value]);

const sixteen = serialOf("2026-11-20T16:00:00")!;
const sixteenWorkedOut = serialOf("2026-11-20")! + 1 / 24 + 1 / 24 + 14 / 24;

describe("a lookup's key", () => {
  it.each<[TableValue, KeyValue]>([
    ["0012", " 0012 "],
    ["Ring Road", "RING ROAD"],
    ["123", 123],
    [123, "123"],
    [true, "TRUE"],
    [false, false],
    ["2026-11-20", serialOf("2026-11-20")!],
    ["2026-11-20T16:00:00Z", sixteen],
    ["2026-11-20T16:00:00+01:00", sixteenWorkedOut],
    ["2026-11-20T16:00:00", "2026-11-20T16:00"],
    [0.3, 0.1 + 0.2],
  ])("%j is found by %j", (key, value) => {
    expect(find(key, value)).toEqual({ value: "found" });
  });

  it.each<[TableValue, KeyValue]>([
    ["0012", 12],
    ["", ""],
    [null, ""],
    [null, "null"],
    ["a", "ä"],
    ["2026-11-20", serialOf("2026-11-21")!],
    [1.459, 1.4591],
  ])("%j is not found by %j", (key, value) => {
    expect(find(key, value)).toEqual({ missing: true });
  });

  it("of several parts differs from the parts joined in another way", () => {
    const index = indexRows([["a", "bc", 1]], 2, false);
    expect(index.find(2, ["ab", "c"])).toEqual({ missing: true });
    expect(index.find(2, ['a","bc', ""])).toEqual({ missing: true });
  });

  it("that several records share returns the first if they are ordered, otherwise their number", () => {
    const rows = [
      ["a", "first"],
      ["A", "second"],
    ];
    expect(indexRows(rows, 1, true).find(1, ["a"])).toEqual({ value: "first" });
    expect(indexRows(rows, 1, false).find(1, ["a"])).toEqual({ matches: 2 });
  });
});
