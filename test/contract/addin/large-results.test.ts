/** Results near and above Excel's size limit: each one settles, and none blocks the others. */
import { expect, it } from "vitest";
import { maxResultChars } from "../../../src/addin/runtime/cells.ts";
import { errorOf, openExcel, startService, valuesOf } from "./kal.ts";

const rowChars = 1000;
/** A service that answers each collection with this many JSON characters of rows. */
const answering = (characters: Readonly<Record<string, number>>) =>
  (async (_: unknown, init?: RequestInit) => {
    const { requests } = JSON.parse(init?.body as string) as { requests: { collection: string }[] };
    const text = "x".repeat(rowChars - '[""],'.length);
    const lines = requests.map(({ collection }, index) => {
      const rows = Array.from({ length: Math.floor(characters[collection]! / rowChars) }, () => [text]);
      const columns = [{ name: "name", label: "Name", type: "text" }];
      const asOf = "2026-11-20T07:00:00Z";
      return `${JSON.stringify({ index, columns, rows, asOf, rowCount: rows.length })}\n`;
    });
    return new Response(lines.join(""));
  }) as typeof fetch;

it("shows two results that are too large as errors, and a small one beside them", async () => {
  const service = await startService({ ownSites: 1 });
  const fetch = answering({ price: 3_000_000, volume: 3_000_000, site: 5000 });
  const { call } = await openExcel({ service, fetch });
  const [prices, volumes, sites] = await Promise.all(
    ["price", "volume", "site"].map((collection) => call("QUERY", collection, "", "name", 0)),
  );
  expect(errorOf(prices!)).toMatch(/3,000 rows: too much.*KAL_TOO_LARGE/);
  expect(errorOf(volumes!)).toMatch(/3,000 rows: too much.*KAL_TOO_LARGE/);
  expect(valuesOf(sites!)).toHaveLength(5);
});

it("delivers three results that just fit, one after another", async () => {
  const service = await startService({ ownSites: 1 });
  const size = maxResultChars - 100_000;
  const fetch = answering({ price: size, volume: size, product: size });
  const { call } = await openExcel({ service, fetch });
  const all = await Promise.all(
    ["price", "volume", "product"].map((collection) => call("QUERY", collection, "", "name", 0)),
  );
  for (const cells of all) expect(valuesOf(cells)).toHaveLength(size / rowChars);
});
