/**
 * Converts formulas while somebody inserts rows or types between two requests of the add-in: no value goes to a wrong
 * cell, and nothing is lost.
 */
import { expect, it } from "vitest";
import { areaOf } from "./cells.ts";
import { openProfile } from "./walk/flows.ts";

type Opened = Awaited<ReturnType<typeof openProfile>>;

/** More requests than a conversion sends. */
const maxRequests = 30;

/** Three spilled tables, one below the other, with a person's own cell between them. */
async function openTables(): Promise<Opened> {
  const opened = await openProfile("windows");
  for (const question of [1, 2, 3]) await opened.put(`B${question * 5}`, "table", question);
  opened.excel.enter("B9", "mine");
  opened.excel.select("B1:B20");
  return opened;
}

const contents = ({ excel }: Opened) =>
  excel.spreadsheet.read(areaOf(excel.spreadsheet, "A1:D24")).map((row) => row.map(({ value }) => value));

/**
 * Converts once per request, each time with an event before that request.
 * @returns how often the event happened
 */
async function before(
  happens: (opened: Opened) => void,
  check: (opened: Opened, shown: unknown[][]) => void,
): Promise<number> {
  for (let request = 1; request < maxRequests; request++) {
    const opened = await openTables();
    const shown = contents(opened);
    let requests = 0;
    opened.onRequest(() => {
      if (++requests === request) happens(opened);
    });
    await opened.press("convertSelection");
    await opened.settle();
    if (requests < request) return request - 1;
    check(opened, shown);
    opened.excel.page.close();
  }
  return maxRequests;
}

it("writes no value to another cell when rows are inserted between two requests", async () => {
  const times = await before(
    ({ excel }) => excel.spreadsheet.insertRows("sheet-1", 2, 1),
    (opened, shown) => {
      const empty = shown[0]!;
      expect(contents(opened)).toEqual([empty, empty, empty, ...shown.slice(2, -1)]);
    },
  );
  expect(times).toBeGreaterThan(4);
});

it("keeps what somebody types over a formula between two requests", async () => {
  const times = await before(
    ({ excel }) => excel.enter("B10", "typed"),
    (opened, shown) => {
      const rows = [9, 10, 11];
      const typedOver = (lines: readonly unknown[][]) => [
        ["", "typed", ...lines[0]!.slice(2)],
        ...lines.slice(1),
      ];
      // The formula’s table has gone, or its values had been written before.
      expect([
        typedOver(rows.map(() => shown[0]!)),
        typedOver(rows.map((row) => shown[row]!)),
      ]).toContainEqual(rows.map((row) => contents(opened)[row]));
      expect(contents(opened).slice(4, 7)).toEqual(shown.slice(4, 7));
      expect(opened.excel.read("B15").value).toBe("c0");
    },
  );
  expect(times).toBeGreaterThan(4);
});

it("converted formulas are values, and the person’s own cell is as it was", async () => {
  const opened = await openTables();
  const shown = contents(opened);
  await opened.press("convertSelection");
  expect(contents(opened)).toEqual(shown);
  expect(opened.excel.read("B10").formula).toBe("c0");
});
