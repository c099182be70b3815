import { afterEach, beforeEach, expect, it, vi } from "vitest";

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

const load = () => import("../../../../../../src/addin/taskpane/builder/queries/stored-queries.ts");

it("keeps the last eight queries, the latest first, each once", async () => {
  const { noteRecent, storedQueries } = await load();
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 3]) noteRecent(`=KAL.QUERY("${number}")`);
  expect(storedQueries.recent.map((formula) => /\d/.exec(formula)![0]).join("")).toBe("39876542");
  vi.resetModules();
  expect((await load()).storedQueries.recent).toEqual(storedQueries.recent);
});

it("keeps favourites in the order of their names, one for each name", async () => {
  const { keepFavourite, removeFavourite, storedQueries } = await load();
  for (const name of ["sites", "Brands", "Sites"]) keepFavourite({ name, formula: `=KAL.QUERY("${name}")` });
  expect(storedQueries.favourites.map(({ name }) => name)).toEqual(["Brands", "Sites"]);
  removeFavourite("BRANDS");
  expect(storedQueries.favourites).toEqual([{ name: "Sites", formula: '=KAL.QUERY("Sites")' }]);
});

it("keeps them under the partition of the storage, and reads only what is right", async () => {
  vi.stubGlobal("Office", { context: { partitionKey: "p." } });
  stored.set("p.kal.favouriteQueries", '[{"name":"a","formula":"=b"},{"name":1},null,"x"]');
  stored.set("p.kal.recentQueries", '["=a",7]');
  const { storedQueries } = await load();
  expect(storedQueries).toMatchObject({ favourites: [{ name: "a", formula: "=b" }], recent: ["=a"] });
});
