import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnswerContext } from "../../../../src/gateway/answers/context.ts";
import { createLookUp } from "../../../../src/gateway/answers/lookup.ts";
import { shareTable } from "../../../../src/gateway/answers/shared-table.ts";
import { readTableRequest } from "../../../../src/gateway/answers/table.ts";
import { createSampleRecords } from "../../../../src/gateway/plan/sample-records.ts";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import { listFetch, plenty, sharing } from "../support.ts";
import type { KeyValue, LookupRequest } from "../../../../src/kalibrate/gateway-api.ts";

const site = (at: number) => ({
  id: { entityId: `s${at}`, entityVariant: "Own" },
  data: { importCode: `00${at}`, name: `Site ${at}`, latitude: at },
});

/** A Data API with a few sites, and lookups over it. */
function open(
  elements: readonly unknown[] | (() => readonly unknown[]) = [1, 2, 3].map(site),
  maxBytes?: number,
  // Kept nowhere but in the index.
  sharedBytes = 1,
) {
  let clock = 1_000_000;
  let pulls = 0;
  const now = () => clock;
  const lookUp = createLookUp(now, maxBytes);
  const shared = sharing(now, sharedBytes);
  const sites = () => (typeof elements === "function" ? elements() : elements);
  const contextOf = (owner: string, signal: AbortSignal): AnswerContext => {
    const source = {
      memory: createServerMemories(now)(owner),
      fetch: listFetch(async (path, encoded) => {
        await Promise.resolve();
        if (encoded.includes("offset=")) return { pieces: [] };
        if (path === "/site") pulls += 1;
        return {
          pieces: [path === "/site" ? sites() : [{ id: { entityId: "b1" }, data: { name: "Brand" } }]],
        };
      }),
    };
    return {
      owner,
      signal,
      memory: plenty,
      sourceFor: () => source,
      ...shared,
      sampleRecord: createSampleRecords(now)(owner),
      hidePersonalData: true,
      now,
    };
  };
  const ask = (
    field: string,
    values: KeyValue[] = ["001"],
    more: Partial<LookupRequest> = {},
    owner = "me",
    signal = new AbortController().signal,
  ) =>
    lookUp(
      { collection: "site", keys: ["importCode"], requests: [{ field, values: [values] }], ...more },
      contextOf(owner, signal),
    ).then(({ results }) => results[0]?.[0]);
  const table = (maxAge?: number) => {
    const context = contextOf("me", new AbortController().signal);
    const request = {
      collection: "site",
      fields: ["importCode", "latitude"],
      ...(maxAge !== undefined && { maxAge }),
    };
    return shareTable(readTableRequest(request, context), context, plenty.open("me", context.signal));
  };
  return {
    ask,
    table,
    now,
    pulls: () => pulls,
    pass: (milliseconds: number) => void (clock += milliseconds),
  };
}

describe("lookups of the service", () => {
  it("share one pull per credential, until it is too old", async () => {
    const { ask, pulls, pass } = open();
    expect(await Promise.all([ask("name"), ask("name", ["002"])])).toEqual([
      { value: "Site 1" },
      { value: "Site 2" },
    ]);
    expect(pulls()).toBe(1);
    await ask("name", ["001"], {}, "another");
    expect(pulls()).toBe(2);
    pass(10_000);
    await ask("name", ["001"], { maxAge: 9 });
    expect(pulls()).toBe(3);
    pass(300_001);
    await ask("name");
    expect(pulls()).toBe(4);
  });

  it("are from data as young as their caller asks, also if tables have pulled and shared it before", async () => {
    const step = fc.record({
      wait: fc.nat(200_000),
      isTable: fc.boolean(),
      maxAge: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const api = open(
          () => [{ ...site(1), data: { importCode: "001", latitude: api.now() } }],
          undefined,
          2 ** 20,
        );
        for (const { wait, isTable, maxAge } of steps) {
          api.pass(wait);
          const more = maxAge === undefined ? {} : { maxAge };
          const value = isTable
            ? (await api.table(maxAge)).rows[0]?.[1]
            : ((await api.ask("latitude", ["001"], more)) as { value: unknown }).value;
          expect(api.now() - Number(value)).toBeLessThanOrEqual(Math.min(maxAge ?? Infinity, 300) * 1000);
        }
      }),
    );
  });

  it("are answered from the latest slices that fit into their memory", async () => {
    const sites = Array.from({ length: 100 }, (_, at) => site(at));
    // A slice takes about 25 kB.
    const { ask, pulls } = open(sites, 60_000);
    const askFor = (owner: string) => ask("name", ["001"], {}, owner);
    for (const owner of ["a", "b", "c", "c", "b"]) await askFor(owner);
    expect(pulls()).toBe(3);
    await askFor("a");
    expect(pulls()).toBe(4);
    const tooSmall = open(sites, 20_000);
    for (let count = 0; count < 2; count += 1)
      expect(await tooSmall.ask("name")).toEqual({ value: "Site 1" });
    expect(tooSmall.pulls()).toBe(2);
  });

  it("of valid fields continue beside a mistyped one, which does not invalidate the pull", async () => {
    const { ask, pulls } = open();
    const [name, mistyped, latitude] = await Promise.allSettled([ask("name"), ask("nane"), ask("latitude")]);
    expect(name).toMatchObject({ value: { value: "Site 1" } });
    expect(mistyped).toMatchObject({ reason: { code: "KAL_FIELD_UNKNOWN" } });
    expect(latitude).toMatchObject({ value: { value: 1 } });
    await ask("latitude");
    const before = pulls();
    await expect(ask("nane")).rejects.toMatchObject({ code: "KAL_FIELD_UNKNOWN" });
    expect(await ask("latitude")).toEqual({ value: 1 });
    expect(pulls()).toBe(before + 1);
  });

  it("continue when the first caller leaves, and start again after the last one has left", async () => {
    const { ask, pulls } = open();
    const [first, only] = [new AbortController(), new AbortController()];
    const calls = [ask("name", ["001"], {}, "me", first.signal), ask("name")];
    first.abort(new Error("left"));
    await expect(calls[0]).rejects.toThrow("left");
    expect([await calls[1], pulls()]).toEqual([{ value: "Site 1" }, 1]);

    const left = ask("name", ["001"], { maxAge: 0 }, "you", only.signal);
    only.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect([await ask("name", ["001"], {}, "you"), pulls()]).toEqual([{ value: "Site 1" }, 3]);
  });
});
