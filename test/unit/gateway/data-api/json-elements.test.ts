import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../../../src/kalibrate/documents/read-json.ts";
import { readElements } from "../../../../src/gateway/data-api/json-elements.ts";

async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const ordered = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length];
  ordered.sort((a, b) => a - b);
  for (const [index, place] of ordered.entries()) yield bytes.subarray(place, ordered[index + 1]);
}

/** Reads a text element by element, and again as small answers are read: both must give the same result. */
async function elementsOf(text: string | Buffer, places: readonly number[] = []): Promise<unknown[]> {
  const bytes = Buffer.from(text as string);
  const unwrap = (body: unknown) => [{ unwrapped: body }];
  const read = async (...minBytes: number[]) => {
    const elements: unknown[] = [];
    for await (const more of readElements(cut(bytes, places), unwrap, ...minBytes)) elements.push(...more);
    return elements;
  };
  const whole = read();
  whole.catch(() => undefined);
  const elements = await read(0);
  expect(await whole).toEqual(elements);
  await expect(read(4)).resolves.toEqual(elements);
  return elements;
}

const everyPlace = (text: string) => Array.from(Buffer.from(text).keys());

describe("readElements", () => {
  it("returns the same elements however a list is cut", async () => {
    const list = fc.array(fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }), { maxLength: 12 });
    const blank = fc.constantFrom(undefined, 1, "\t", " \r\n");
    await fc.assert(
      fc.asyncProperty(list, blank, fc.array(fc.nat(), { maxLength: 30 }), async (value, space, places) => {
        const text = JSON.stringify(value, null, space === " \r\n" ? 2 : space);
        expect(await elementsOf(text, places)).toEqual(readJson(text));
      }),
      { numRuns: 100 },
    );
  });

  it("returns the same elements for lists of documents with equal beginnings", async () => {
    const inner = fc.record({ id: fc.constantFrom(1, "a", '},{"id":', null, "é"), more: fc.jsonValue() });
    const document = fc.record({ id: fc.oneof(fc.nat(), inner), data: fc.array(inner, { maxLength: 2 }) });
    const list = fc.array(fc.oneof({ weight: 5, arbitrary: document }, fc.constant(null)), { maxLength: 9 });
    const indent = fc.constantFrom(undefined, 1);
    await fc.assert(
      fc.asyncProperty(list, indent, fc.array(fc.nat(), { maxLength: 9 }), async (value, space, places) => {
        const text = JSON.stringify(value, null, space);
        expect(await elementsOf(text, places)).toEqual(readJson(text));
        const half = Buffer.from(text).subarray(0, (places[0] ?? 0) % Buffer.byteLength(text));
        await expect(elementsOf(half, places)).rejects.toMatchObject({ code: "KAL_UPSTREAM_INVALID" });
      }),
      { numRuns: 100 },
    );
  });

  it("reads elements longer than it guesses", async () => {
    const long = { id: 3, text: "x".repeat(3_000_000) };
    const text = JSON.stringify([{ id: 1 }, { id: 2 }, long, { id: 4 }]);
    expect(await elementsOf(text, [100_000, 1_500_000, 2_500_000])).toEqual(readJson(text));
  });

  it.each([
    '[{"id":1},{"id":2} {"id":3}]',
    '[{"id":1},{"id":2}],{"id":3}]',
    '[{"id":1},{"id":2},,{"id":3}]',
    '[{"id":1},,{"id":3}]',
    '[{"id":1}, ,{"id":3}]',
    '[{"id":1},{"id":2},]',
  ])("refuses invalid JSON after a correct guess: %s", async (text) => {
    for (const places of [[], everyPlace(text)]) {
      await expect(elementsOf(text, places)).rejects.toMatchObject({ code: "KAL_UPSTREAM_INVALID" });
    }
  });

  it.each([
    ["brackets, quotes and backslashes in texts", String.raw`[{"a":"}],[{\"\\"},"\\",["]",{"b":"\u005d"}]]`],
    ["characters of several bytes", '["Ærø €",{"Ω":"𝄞"}]'],
    ["a byte order mark, and blanks wherever they may be", "\uFEFF \n[ 1 ,\t null\r\n, { } ] \n"],
    ["nothing", " [ \n ] "],
    [
      "numbers of many digits",
      '[{"id":90071992547409931},{"id":[90071992547409935,-1e400,"90071992547409931"]}]',
    ],
  ])("reads %s, byte by byte", async (_, text) => {
    expect(await elementsOf(text, everyPlace(text))).toEqual(readJson(text.replace("\uFEFF", "")));
  });

  it.each([
    "",
    " ",
    "[",
    "[1,2",
    '[{"a":1},',
    '[{"a":1}',
    '[{"a":"',
    "[,]",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    "[1}",
    "[{]}",
    "[1]]",
    "[1] 2",
    "[1],[2]",
    "<html>Sign in</html>",
    '{"data":[1',
  ])("refuses invalid JSON: %s", async (text) => {
    for (const places of [[], everyPlace(text)]) {
      await expect(elementsOf(text, places)).rejects.toMatchObject({ code: "KAL_UPSTREAM_INVALID" });
    }
  });

  it("refuses any list that is cut off", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.nat(), async (value, place) => {
        const text = JSON.stringify(value);
        const half = Buffer.from(text).subarray(0, place % Buffer.byteLength(text));
        await expect(elementsOf(half)).rejects.toMatchObject({ code: "KAL_UPSTREAM_INVALID" });
      }),
    );
  });

  it("passes on elements before the rest has arrived, once the answer is no longer small", async () => {
    let count = 0;
    async function* body() {
      yield Buffer.from('[{"a":1},{"a":2},');
      expect(count).toBe(0);
      yield Buffer.from(`{"a":"${"x".repeat(65_536)}"},{"a":`);
      expect(count).toBe(3);
      yield Buffer.from("4}]");
    }
    for await (const more of readElements(body(), () => [])) count += more.length;
    expect(count).toBe(4);
  });

  it("passes on nothing of a small answer that breaks off, so that it can be requested again", async () => {
    const taken: unknown[] = [];
    const read = async () => {
      for await (const more of readElements(cut(Buffer.from('[{"a":1},{"a":2'), [9]), () => []))
        taken.push(...more);
    };
    await expect(read()).rejects.toMatchObject({ code: "KAL_UPSTREAM_INVALID" });
    expect(taken).toEqual([]);
  });

  it("passes what surrounds a list to the caller", async () => {
    expect(await elementsOf('{"value":[1]}', [3])).toEqual([{ unwrapped: { value: [1] } }]);
  });

  it.each([1, 2])("ends the stream when the reader stops after %i", async (last) => {
    let closed = false;
    async function* body() {
      try {
        yield Buffer.from("[1,");
        yield Buffer.from("2,");
        yield Buffer.from("3]");
      } finally {
        closed = true;
      }
    }
    for await (const [element] of readElements(body(), () => [], 0)) if (element === last) break;
    expect(closed).toBe(true);
  });
});
