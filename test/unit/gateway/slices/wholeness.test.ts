/** A property of pulls: a pull returns exactly the server's documents, or a named error. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import { type DataDocument, readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { contentOf, identityOf } from "../../../../src/kalibrate/documents/identity.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { type Behaviour, pullDocuments, server } from "./server.ts";

/** Few ids, versions and prices, so that identities and contents repeat. */
const document = fc
  .record({
    entityId: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 30 }).map((number) => `e${number}`) },
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(null, undefined, "E1"),
    ),
    entityVersion: fc.constantFrom(undefined, 1, 1, 1, 2, "2", "10", "draft"),
    entityVariant: fc.constantFrom("Own", "Own", "own", "Proposed"),
    updatedOn: fc.constantFrom(undefined, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"),
    price: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ price, ...id }) => ({ id, data: { price } }));

const element = fc.oneof({ weight: 20, arbitrary: document }, { weight: 1, arbitrary: fc.constant(null) });

const behaviour = fc.record(
  {
    cap: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200 })),
    unlimited: fc.oneof(
      fc.constantFrom("refused" as const, "nothing" as const),
      fc.integer({ min: 0, max: 40 }),
    ),
  },
  { requiredKeys: [] },
);

/** A text that is equal for equal documents. */
const textOf = (dataDocument: DataDocument) => `${identityOf(dataDocument)}\n${contentOf(dataDocument)}`;

/** The expected documents: equal ones once, without superseded ones; each one without an id counts. */
function expectedOf(elements: readonly unknown[]): string[] {
  const documents = elements.map(readDocument).filter((item) => item !== undefined);
  const isSuperseded = (dataDocument: DataDocument) =>
    documents.some((other) => supersedes(other, dataDocument));
  const texts = documents.filter((documentItem) => !isSuperseded(documentItem));
  const withId = texts.filter((text) => identityOf(text) !== undefined).map(textOf);
  const withoutId = texts.filter((text) => identityOf(text) === undefined).map(textOf);
  return [...new Set(withId), ...withoutId].sort();
}

/**
 * Written by hand, independent of the code under test: same id, type and variant, and a higher whole number as
 * version.
 */
function supersedes({ id: other }: DataDocument, { id }: DataDocument): boolean {
  const same = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();
  const isId = id["entityId"] !== null && id["entityId"] !== undefined;
  const version = (written: unknown) => (/^\d+$/.test(String(written)) ? Number(written) : NaN);
  return (
    isId &&
    String(id["entityId"]) === String(other["entityId"]) &&
    same(id["entityVariant"], other["entityVariant"]) &&
    version(other["entityVersion"]) > version(id["entityVersion"])
  );
}

async function outcomeOf(
  elements: readonly unknown[],
  how: Behaviour,
  memory = createServerMemories(() => 0)("me"),
): Promise<string[] | "refused"> {
  const api = server(elements, how);
  const maxRequests = 20 * (elements.length + 20);
  const fetch: typeof api.fetch = (...asked) => {
    if (api.asked.length >= maxRequests) throw new Error("it does not end");
    return api.fetch(...asked);
  };
  try {
    const got = await pullDocuments({ fetch }, "", Infinity, memory);
    return got.map(textOf).sort();
  } catch (error) {
    if (!(error instanceof KalError)) throw error;
    expect(error.code).toBe("KAL_UPSTREAM_INVALID");
    return "refused";
  }
}

/** A list may be refused if nulls might count as elements; only a list without doubts must be returned. */
const hasDoubts = (elements: readonly unknown[]) => {
  const keys = elements.map((element) => {
    const read = readDocument(element);
    return read && identityOf(read) === undefined ? "none" : read && textOf(read);
  });
  return keys.includes("none") || new Set(keys).size < keys.length || keys.includes(undefined);
};

describe("a pull returns exactly the documents of the server, or a named error", () => {
  it("for any documents and limits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 60 }), behaviour, async (elements, how) => {
        const outcome = await outcomeOf(elements, how);
        if (outcome === "refused") expect(hasDoubts(elements)).toBe(true);
        else expect(outcome).toEqual(expectedOf(elements));
      }),
      { numRuns: 100 },
    );
  });

  it("for any order and repetition in each answer", async () => {
    const seed = fc.integer();
    await fc.assert(
      fc.asyncProperty(
        fc.array(element, { maxLength: 30 }),
        behaviour,
        seed,
        fc.boolean(),
        async (elements, how, start, repeats) => {
          let state = start;
          const random = (below: number) => {
            state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
            return (state >>> 8) % below;
          };
          const list = () => {
            const places = elements
              .map((element) => ({ one: element, at: random(1_000_000) }))
              .sort((a, b) => a.at - b.at);
            const shuffled = places.map(({ one }) => one);
            return repeats && shuffled.length > 0
              ? shuffled.toSpliced(random(shuffled.length), 0, shuffled[random(shuffled.length)]!)
              : shuffled;
          };
          const outcome = await outcomeOf(elements, { ...how, list });
          const hasIds = elements.every(
            (element) => element === null || identityOf(readDocument(element)!) !== undefined,
          );
          // A document without an id that appears twice may be two documents.
          if (outcome !== "refused" && (hasIds || !repeats)) expect(outcome).toEqual(expectedOf(elements));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("after any earlier pulls", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(element, { maxLength: 40 }), { minLength: 2, maxLength: 4 }),
        behaviour,
        async (slices, how) => {
          const memory = createServerMemories(() => 0)("me");
          for (const elements of slices) {
            const outcome = await outcomeOf(elements, how, memory);
            if (outcome !== "refused") expect(outcome).toEqual(expectedOf(elements));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
