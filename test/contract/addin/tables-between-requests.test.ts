/** Writes tables while somebody inserts rows above them: each value goes to the table's own cells. */
import { expect, it } from "vitest";
import { openProfile } from "./walk/flows.ts";

type Opened = Awaited<ReturnType<typeof openProfile>>;

/** More requests than a table needs. */
const maxRequests = 40;

const insertRow = ({ excel }: Opened) => excel.spreadsheet.insertRows("sheet-1", 1, 1);

/** The rows of the only table, including headings, and whether the rest of the sheet is empty. */
function shown({ excel }: Opened) {
  const { spreadsheet } = excel;
  const [table] = spreadsheet.tables();
  const used = spreadsheet.usedArea("sheet-1");
  return (
    table && {
      rows: spreadsheet.read(table.area).map((row) => row.map(({ value }) => value)),
      isAlone: JSON.stringify(used) === JSON.stringify(table.area),
    }
  );
}

const insert = (opened: Opened) =>
  opened.clock.passUntil(
    opened
      .page()
      .insertTable(
        { collection: "price", query: "(id=1)", fields: ["code", "price"] },
        { place: "Sheet1!B4" },
      ),
  );

/** @returns the number of requests before which the row was inserted */
async function before(
  prepare: (opened: Opened) => Promise<void>,
  work: (opened: Opened) => Promise<unknown>,
): Promise<number> {
  for (let request = 1; request < maxRequests; request++) {
    const opened = await openProfile("web");
    await prepare(opened);
    let requests = 0;
    opened.onRequest(() => {
      if (++requests === request) insertRow(opened);
    });
    await work(opened);
    if (requests < request) return request - 1;
    const price = (row: number) => 1_000_000 + opened.source.version * 10 + row;
    const rows = [
      ["code", "price"],
      ["c0", price(0)],
      ["c1", price(1)],
      ["c2", price(2)],
    ];
    expect(shown(opened), `request ${request}`).toEqual({ rows, isAlone: true });
    opened.excel.page.close();
  }
  return maxRequests;
}

it("writes a new table to the right cells", async () => {
  expect(await before(async () => undefined, insert)).toBeGreaterThan(4);
});

it("writes a refreshed table to the right cells", async () => {
  const times = await before(
    async (opened) => {
      await insert(opened);
      opened.source.change();
    },
    (opened) => opened.press("refreshWorkbook"),
  );
  expect(times).toBeGreaterThan(4);
});
