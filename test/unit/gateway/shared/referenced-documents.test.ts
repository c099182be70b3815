import { expect, it } from "vitest";
import { resolveReferences } from "../../../../src/gateway/answers/resolve-references.ts";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import type { Source } from "../../../../src/gateway/slices/slice.ts";
import { valueAt } from "../../../../src/kalibrate/documents/references.ts";
import { listFetch, sharing } from "../support.ts";

const brands = { collection: "reference/Brand", variant: undefined } as const;

/** A collection whose pulls the test can end. */
function open() {
  let clock = 0;
  const now = () => clock;
  const ends: (() => void)[] = [];
  const source: Source = {
    memory: createServerMemories(now)("me"),
    fetch: listFetch(async (_path, encoded) => {
      if (encoded.includes("offset=")) return { pieces: [] };
      await new Promise<void>((resolve) => ends.push(resolve));
      return { pieces: [[{ id: { entityId: `b${ends.length}` }, data: { name: "Brand" } }]] };
    }),
  };
  const { shared, references } = sharing(now);
  const caller = { owner: "me", signal: new AbortController().signal, shared, sourceFor: () => source };
  return {
    ends,
    pass: (milliseconds: number) => void (clock += milliseconds),
    ask: (maxAge: number, attribute = "name") => references.get(brands, [attribute], maxAge, caller),
  };
}

it("shares the pull of referenced records between the queries of one refresh", async () => {
  const { ends, pass, ask } = open();
  const first = ask(0);
  pass(300);
  const others = [ask(0), ask(0.2)];
  expect(ends).toHaveLength(1);
  ends[0]!();
  const [index, ...rest] = await Promise.all([first, ...others]);
  for (const one of rest) expect(one).toBe(index);
  // A refresh after the pull has ended starts another pull.
  const next = ask(0);
  expect(ends).toHaveLength(2);
  ends[1]!();
  expect(await next).not.toBe(index);
});

it("does not use a pull that started well before a refresh", async () => {
  const { ends, pass, ask } = open();
  const old = ask(600);
  pass(5000);
  const fresh = ask(0);
  expect(ends).toHaveLength(2);
  for (const end of ends) end();
  expect(await fresh).not.toBe(await old);
});

it("attributes that were asked for once are pulled along ever after", async () => {
  const { ends, pass, ask } = open();
  const first = ask(600, "logo");
  ends[0]!();
  await first;
  pass(601_000);
  const later = ask(600);
  ends[1]!();
  await later;
  await ask(600, "logo");
  expect(ends).toHaveLength(2);
});

it("finds an id that is not a GUID in any letter case, unless two ids differ only in that", async () => {
  const ids = ["Ab", "aB", "C1", "d2", "D2"];
  const source: Source = {
    memory: createServerMemories(() => 0)("me"),
    fetch: listFetch(async (_path, encoded) => {
      const brands = ids.map((entityId) => ({ id: { entityId }, data: { name: entityId } }));
      return { pieces: encoded.includes("offset=") ? [] : [brands] };
    }),
  };
  const { shared, references } = sharing(() => 0);
  const caller = { owner: "me", signal: new AbortController().signal, shared, sourceFor: () => source };
  const documents = ["Ab", "aB", "AB", "c1", "C1", "d2", "D2"].map((entityId) => ({
    id: {},
    data: { brand: { entityId } },
  }));
  const { find } = await resolveReferences(documents, "site", [["brand", "name"]], (target, attributes) =>
    references.get(target, attributes, 600, caller),
  );
  const names = documents.map((documentItem) => valueAt(documentItem, "site", ["brand", "name"], find));
  expect(names).toEqual(["Ab", "aB", undefined, "C1", "C1", "d2", "D2"]);
});
