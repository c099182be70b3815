import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pages } from "../../../../src/gateway/pulls/paging.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";

/** A Data API that holds a list, knows limit and offset, and notes what it was asked. */
function server(elements: unknown[], atMost = Infinity) {
  const asked: string[] = [];
  const fetchPage = (encoded: string) => {
    asked.push(encoded);
    const number = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(encoded)?.[1] ?? 0);
    const from = number("offset");
    return Promise.resolve(elements.slice(from, from + Math.min(number("limit") || Infinity, atMost)));
  };
  return { asked, fetchPage };
}

const documents = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: { entityId: `e${at}`, entityVersion: 1 }, data: {} }));

async function idsOf(generator: AsyncIterable<{ id: Record<string, unknown> }[]>): Promise<unknown[]> {
  const ids: unknown[] = [];
  for await (const page of generator) ids.push(...page.map(({ id }) => id["entityId"]));
  return ids;
}

const pull = (fetchPage: (encoded: string) => Promise<unknown>, text = "", wanted = Infinity) =>
  idsOf(pages(fetchPage, parseQuery(text), wanted));

describe("pages", () => {
  it("asks once where one page is enough", async () => {
    const { asked, fetchPage } = server(documents(20));
    expect(await pull(fetchPage, "(entityVariant=Own)+(limit=5)", 5)).toHaveLength(5);
    expect(asked).toEqual(["(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=5)"]);
  });

  it("asks once for what is below the documented page", async () => {
    const { asked, fetchPage } = server(documents(250));
    expect(await pull(fetchPage, "(entityVariant=Own)")).toHaveLength(250);
    expect(asked).toEqual(["(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=1000)"]);
  });

  it("brings 3,500 documents whole and in order", async () => {
    const { asked, fetchPage } = server(documents(3500));
    expect(await pull(fetchPage)).toEqual(documents(3500).map(({ id }) => id.entityId));
    expect(asked).toHaveLength(5);
  });

  it("begins with the same documents with a limit and without", async () => {
    const { asked, fetchPage } = server(documents(1500));
    expect(await pull(fetchPage, "", 10)).toEqual((await pull(fetchPage)).slice(0, 10));
    expect(new Set(asked.map((query) => query.replace(/\+?\((limit|offset)=\d+\)/g, ""))).size).toBe(1);
  });

  it("keeps the analyst's own order and offset", async () => {
    const { asked, fetchPage } = server(documents(1200));
    expect(await pull(fetchPage, "(orderBy=price)+(offset=100)")).toHaveLength(1100);
    expect(asked[0]).toBe("(orderBy=price)+(limit=1000)+(offset=100)");
  });

  it("stops at the number wanted", async () => {
    const { asked, fetchPage } = server(documents(5000));
    expect(await pull(fetchPage, "", 2300)).toHaveLength(2300);
    expect(asked).toHaveLength(3);
  });

  it("loses nothing and doubles nothing where null elements and repeats stand in between", async () => {
    const elements = fc.array(
      fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 2500 }) }, fc.constant(null)),
      {
        minLength: 900,
        maxLength: 4000,
      },
    );
    await fc.assert(
      fc.asyncProperty(elements, async (numbers) => {
        const list = numbers.map((number) =>
          number === null ? null : { id: { entityId: `e${number}` }, data: {} },
        );
        const expected = new Set(numbers.filter((number) => number !== null).map((number) => `e${number}`));
        const ids = await pull(server(list).fetchPage);
        expect(ids).toHaveLength(expected.size);
        expect(new Set(ids)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("goes on behind a full first page until a page is empty, however short the pages become", async () => {
    const list = documents(2600);
    let asks = 0;
    const capped = server(list, 400);
    const fetchPage = (encoded: string) =>
      asks++ === 0 ? server(list).fetchPage(encoded) : capped.fetchPage(encoded);
    expect(await pull(fetchPage)).toHaveLength(2600);
  });

  it("puts the order's clauses where the vendor has them, and completes one", async () => {
    const sent = async (text: string) => {
      const { asked, fetchPage } = server([]);
      await pull(fetchPage, text, 1);
      return asked[0];
    };
    expect(await sent("(direction=descending)+(orderBy=name)")).toBe(
      "(orderBy=name)+(direction=descending)+(limit=1)",
    );
    expect(await sent("(direction=ascending)")).toBe("(orderBy=createdOn)+(direction=ascending)+(limit=1)");
    expect(await sent("(orderBy=name)")).toBe("(orderBy=name)+(limit=1)");
  });

  it("does not ask for ever where the server ignores the offset", async () => {
    const page = documents(1000);
    await expect(pull(() => Promise.resolve(page))).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
      message: expect.stringContaining("same records for every page") as string,
    });
  });

  it("refuses a list of something else, which would look like no rows", async () => {
    await expect(pull(() => Promise.resolve(["error: database offline"]))).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
    });
  });

  it("refuses an answer that is no list", async () => {
    await expect(pull(() => Promise.resolve({ error: "no" }))).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
    });
  });

  it("stops asking when the caller leaves", async () => {
    const { asked, fetchPage } = server(documents(5000));
    for await (const page of pages(fetchPage, [], Infinity)) {
      expect(page).toHaveLength(1000);
      break;
    }
    expect(asked).toHaveLength(1);
  });
});
