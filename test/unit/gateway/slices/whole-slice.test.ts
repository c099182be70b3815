import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import { readWhole } from "../../../../src/gateway/slices/whole-slice.ts";
import { noSignals } from "../../../../src/kalibrate/documents/answer.ts";
import type { DataDocument } from "../../../../src/kalibrate/documents/document.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { type Behaviour, documents, pullDocuments, pullIds, server } from "./server.ts";

const idsOf = (list: readonly { id: { entityId: string } }[]) => list.map(({ id }) => id.entityId);

describe("the requests", () => {
  it("are one answer and an empty page after it", async () => {
    const api = server(documents(3500));
    expect(await pullIds(api, "(entityVariant=Own)")).toEqual(idsOf(documents(3500)));
    expect(api.asked).toEqual([
      "(entityVariant=Own)+(limit=0)",
      "(entityVariant=Own)+(limit=1)+(offset=3500)",
    ]);
  });

  it("are one answer if the server has recently returned more at once", async () => {
    let clock = 0;
    const memory = createServerMemories(() => clock)("me");
    await pullIds(server(documents(31)), "(entityVariant=Competitor)", Infinity, memory);
    const asked = async (count: number) => {
      const api = server(documents(count));
      expect(await pullIds(api, "(entityVariant=Own)", Infinity, memory)).toHaveLength(count);
      return api.asked;
    };
    expect(await asked(30)).toEqual(["(entityVariant=Own)+(limit=0)"]);
    // The server may have a limit of 31.
    expect(await asked(31)).toHaveLength(2);
    clock += 3_600_000;
    expect(await asked(30)).toHaveLength(2);
  });

  it("are continued when a limit is reached, which proves no end", async () => {
    const memory = createServerMemories(() => 0)("me");
    // The second page ends at 1,950.
    await pullIds(server(documents(2600), { cap: 1000 }), "", 1500, memory);
    expect(await pullIds(server(documents(2600), { unlimited: 1950 }), "", Infinity, memory)).toHaveLength(
      2600,
    );
  });

  it("ask for the newest first if only some are needed, in the vendor's order of clauses", async () => {
    const api = server(documents(20));
    expect(await pullIds(api, "(limit=5)+(entityVariant=Own)", 5)).toHaveLength(5);
    expect(api.asked).toEqual(["(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=5)"]);
  });

  it("keep the analyst's own order and offset, and complete a partial order", async () => {
    const first = async (text: string, maxDocuments: number) => {
      const api = server(documents(1200));
      await pullIds(api, text, maxDocuments);
      return api.asked[0];
    };
    expect(await first("(orderBy=price)+(offset=100)", Infinity)).toBe(
      "(orderBy=price)+(limit=0)+(offset=100)",
    );
    expect(await first("(direction=descending)+(orderBy=name)", 1)).toBe(
      "(orderBy=name)+(direction=descending)+(limit=1)",
    );
    expect(await first("(direction=ascending)", 1)).toBe(
      "(orderBy=createdOn)+(direction=ascending)+(limit=1)",
    );
    expect(await first("(offset=7)", Infinity)).toBe(
      "(orderBy=createdOn)+(direction=descending)+(limit=0)+(offset=7)",
    );
  });

  it("start with the documented number if one answer for everything was recently refused", async () => {
    const memory = createServerMemories(() => 0)("me");
    const api = server(documents(30), { unlimited: "refused" });
    await pullIds(api, "", Infinity, memory);
    await pullIds(api, "", Infinity, memory);
    expect(api.asked).toEqual([
      "(limit=0)",
      "(limit=1000)",
      "(limit=1)+(offset=30)",
      "(limit=1000)",
      "(limit=1)+(offset=30)",
    ]);
  });
});

describe("a slice is complete, with each document once", () => {
  const servers: [string, Behaviour][] = [
    ["gives everything for limit=0", {}],
    ["refuses limit=0", { unlimited: "refused" }],
    ["gives nothing for limit=0", { unlimited: "nothing" }],
    ["gives 1,000 for limit=0", { unlimited: 1000 }],
    ["never gives more than 1,000", { cap: 1000 }],
    ["never gives more than 137", { cap: 137 }],
  ];

  it.each(servers)("from a server that %s", async (_, behaviour) => {
    for (const count of [0, 1, 99, 100, 137, 999, 1000, 1001, 2600]) {
      const ids = await pullIds(server(documents(count), behaviour));
      expect(ids).toEqual(idsOf(documents(count)));
    }
  });

  it.each(servers)("up to a limit, from a server that %s", async (_, behaviour) => {
    for (const maxDocuments of [1, 100, 1000, 1500, 2600]) {
      const ids = await pullIds(server(documents(2600), behaviour), "", maxDocuments);
      expect(ids).toEqual(idsOf(documents(maxDocuments)));
    }
    expect(await pullIds(server(documents(2600), behaviour), "", 9999)).toHaveLength(2600);
    expect(await pullIds(server(documents(300), behaviour), "(offset=60)")).toEqual(
      idsOf(documents(240, 60)),
    );
  });

  it.each(servers)(
    "where nulls and repeats have places in the list of a server that %s",
    async (_, behaviour) => {
      const elements = fc.array(
        fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 1500 }) }, fc.constant(null)),
        { minLength: 0, maxLength: 2500 },
      );
      await fc.assert(
        fc.asyncProperty(elements, async (numbers) => {
          const list = numbers.map((number) => (number === null ? null : documents(1, number)[0]));
          const expected = new Set(numbers.filter((number) => number !== null).map((number) => `e${number}`));
          const ids = await pullIds(server(list, behaviour));
          expect(ids).toHaveLength(expected.size);
          expect(new Set(ids)).toEqual(expected);
        }),
        { numRuns: 15 },
      );
    },
  );

  it.each(servers)("if an order omits some, from a server that %s", async (_, behaviour) => {
    const list = documents(1300);
    const unsorted = (element: unknown) => (list.indexOf(element as (typeof list)[0]) + 1) % 130 === 0;
    for (const text of ["", "(orderBy=price)"]) {
      const ids = await pullIds(server(list, { ...behaviour, unsorted }), text);
      expect(new Set(ids)).toEqual(new Set(idsOf(list)));
      expect(ids).toHaveLength(1300);
    }
  });

  it("if rows appear and disappear during the reading", async () => {
    // Before every request two rows appear in front and five of the newest disappear.
    const newest = documents(40, 10_000);
    const all = [...newest, ...documents(3000)];
    const list = (request: number) => [...documents(2 * request, 20_000), ...all.slice(5 * (request - 1))];
    for (const behaviour of [{}, { cap: 300 }, { cap: 1000 }]) {
      const ids = await pullIds(server([], { ...behaviour, list }));
      expect(new Set(ids).size).toBe(ids.length);
      const staying = idsOf(list(30)).filter((id) => id.startsWith("e") && Number(id.slice(1)) < 3000);
      for (const id of staying) expect(ids).toContain(id);
    }
  });

  it("if every page is in another order, or in none", async () => {
    const all = documents(1500);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, seed) => {
        const list = (request: number) => {
          const key = (at: number) =>
            (Math.imul(at + 1, 2654435761) ^ Math.imul(request + 31 * seed, 40503)) >>> 0;
          return all
            .map((document, at) => [key(at) % 99_991, document] as const)
            .sort(([a], [b]) => a - b)
            .map(([, document]) => document);
        };
        return pullIds(server([], { cap: 1000, list })).catch((error: unknown) => (error as KalError).code);
      }),
    );
    for (const outcome of outcomes) {
      if (outcome !== "KAL_UPSTREAM_INVALID") expect(new Set(outcome as string[]).size).toBe(1500);
    }
    expect(await pullIds(server([], { list: () => [...all].reverse() }))).toHaveLength(1500);
  });
});

it("does not count superseded records towards a limit", async () => {
  const versions = Array.from({ length: 40 }, (_, at) => ({
    id: { entityId: "v", entityVersion: at + 1 },
    data: {},
  }));
  const list = [...documents(2), ...versions, ...documents(30, 100)];
  for (const behaviour of [{}, { cap: 7 }]) {
    expect(await pullIds(server(list, behaviour), "", 2)).toEqual(["e0", "e1"]);
    expect(await pullIds(server(list, behaviour), "", 4)).toEqual(["e0", "e1", "v", "e100"]);
    expect(await pullIds(server(list, behaviour), "", 60)).toHaveLength(33);
  }
});

describe("a record that is changed while its list is read", () => {
  const old = { updatedOn: "2026-11-20T10:00:00Z", price: 1 };
  const changed = { updatedOn: "2026-11-20T10:00:01Z", price: 2 };

  /**
   * The prices read of the tenth of 25 records, the last one of a page of ten, which changes at a given request.
   * @param repeats whether the list has shown repeated identities, so that contents are compared.
   */
  async function pricesOf(from: number, before: object, after: object, repeats: boolean): Promise<unknown[]> {
    const list = (request: number) =>
      documents(25).map((documentItem, at) => ({
        ...documentItem,
        data: at !== 9 ? old : request < from ? before : after,
      }));
    const memory = createServerMemories(() => 0)("me");
    if (repeats) memory.noteRepeats("/price");
    const got = await pullDocuments(server([], { cap: 10, list }), "", Infinity, memory);
    return got.filter(({ id }) => id["entityId"] === "e9").map(({ data }) => data["price"]);
  }

  it.each([1, 2, 3, 4])("is returned once, with the newer content (request %i)", async (from) => {
    expect(await pricesOf(from, old, changed, false)).toEqual([2]);
    expect(await pricesOf(from, old, changed, true)).toEqual([2]);
  });

  it("keeps its newer content if an older one is read later; if contents are compared there are two", async () => {
    expect(await pricesOf(4, changed, old, false)).toEqual([2]);
    expect(await pricesOf(4, changed, old, true)).toEqual([2, 1]);
  });

  it("keeps both contents if nothing says which is newer and contents are compared", async () => {
    expect(await pricesOf(4, { price: 1 }, { price: 2 }, true)).toEqual([1, 2]);
  });
});

describe("what cannot be complete", () => {
  it.each([{}, { cap: 1000 }])("is a server that ignores the offset", async (behaviour) => {
    const ids = pullIds(server(documents(2500), { ...behaviour, ignoresOffset: true }));
    await expect(ids).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
      message: expect.stringContaining("same records for every page") as string,
    });
  });

  it("is a list of anything but documents, which would look like no rows", async () => {
    await expect(pullIds(server(["error: database offline"]))).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
    });
  });

  it("is a paged list that contains documents without ids more than once", async () => {
    const withoutIds = Array.from({ length: 300 }, (_, at) => ({ price: at }));
    expect(await pullDocuments(server(withoutIds, { cap: 200 }))).toHaveLength(300);
    const twice = [...withoutIds, ...withoutIds];
    expect(await pullDocuments(server(twice))).toHaveLength(600);
    await expect(pullDocuments(server(twice, { cap: 200 }))).rejects.toMatchObject({
      code: "KAL_UPSTREAM_INVALID",
    });
  });
});

it("continues in pages if everything is too much for one answer", async () => {
  const api = server(documents(2500));
  let broke = false;
  const fetch: typeof api.fetch = (path, query) => {
    if (!query.includes("(limit=0)")) return api.fetch(path, query);
    return {
      signals: noSignals,
      async *[Symbol.asyncIterator]() {
        yield documents(700);
        broke = true;
        throw new KalError("KAL_TIMEOUT");
      },
    };
  };
  expect(await pullIds({ fetch })).toEqual(idsOf(documents(2500)));
  expect(broke).toBe(true);
});

it("makes no more requests when there are enough documents", async () => {
  const api = server(documents(5000), { cap: 1000 });
  const memory = createServerMemories(() => 0)("me");
  const keep = (document: DataDocument) => document;
  for await (const some of readWhole({
    path: "/price",
    query: [],
    maxDocuments: Infinity,
    fetch: api.fetch,
    memory,
    keep,
  })) {
    expect(some.length).toBeGreaterThan(0);
    break;
  }
  expect(api.asked).toHaveLength(1);
});
