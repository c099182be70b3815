import fc from "fast-check";
import { expect, it } from "vitest";
import { scrub, scrubBody } from "../../../../src/gateway/data-api/scrub.ts";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

async function scrubbed(pieces: readonly Buffer[], secrets: readonly string[]): Promise<string> {
  async function* body() {
    yield* pieces;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of scrubBody(body(), secrets)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Cuts bytes at the given places. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

it("leaves JSON unchanged, wherever it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.array(fc.nat(), { maxLength: 8 }), async (json, cuts) => {
      fc.pre(!json.includes("eyJ"));
      expect(await scrubbed(pieces(Buffer.from(json), cuts), ["a-secret-of-some-length"])).toBe(json);
    }),
  );
});

it("finds tokens and secrets, wherever they are cut", async () => {
  const secret = 'pläced~"secret".Zx81';
  const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((around) => !/eyJ/.test(around));
  await fc.assert(
    fc.asyncProperty(text, text, fc.array(fc.nat(), { maxLength: 8 }), async (before, after, cuts) => {
      const value = [`${before} ${jwt} ${after}`, `${before} ${secret} ${after}`];
      const found = await scrubbed(pieces(Buffer.from(JSON.stringify(value)), cuts), [secret]);
      expect(JSON.parse(found)).toEqual([`${before} … ${after}`, `${before} … ${after}`]);
    }),
  );
});

it("does not remove short secrets from data, because prices and names contain them", async () => {
  expect(await scrubbed([Buffer.from('["1.459"]')], ["1.4", ""])).toBe('["1.459"]');
});

/** Writes some characters of JSON as escapes; the numbers choose: never, with lower-case or with upper-case digits. */
function withEscapes(text: string, ways: readonly number[]): string {
  let at = 0;
  const inner = text.replace(/[^"\\]/gu, (character) => {
    const way = ways[at++ % ways.length];
    if (way === 0) return character;
    if (character === "/" && way === 1) return "\\/";
    return character.replace(/[^]/g, (unit) => {
      const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
      return `\\u${way === 1 ? hex : hex.toUpperCase()}`;
    });
  });
  return `"${inner.replace(/(?<!\\)"/g, '\\"')}"`;
}

const ways = fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 40 });

it("finds secrets with JSON escapes, whichever characters are escaped and wherever they are cut", async () => {
  const opaque = "op+que/token~WITH.padding==";
  for (const secret of [jwt, opaque, 'pläced~"secret".Zx81', "emoji 🔑 in a secret"]) {
    await fc.assert(
      fc.asyncProperty(ways, fc.array(fc.nat(), { maxLength: 8 }), async (how, cuts) => {
        const body = `{${withEscapes(`k ${secret} k`, how)}:[${withEscapes(`v ${secret} v`, how)}]}`;
        expect(JSON.parse(body)).toEqual({ [`k ${secret} k`]: [`v ${secret} v`] });
        const found = await scrubbed(pieces(Buffer.from(body), cuts), [secret]);
        expect(JSON.parse(found)).toEqual({ "k … k": ["v … v"] });
      }),
    );
  }
});

it("finds secrets that are escaped more than once, as in JSON within JSON, and in plain text", async () => {
  const inner = `{"token":${withEscapes(jwt, [1, 0])}}`;
  const found = await scrubbed([Buffer.from(JSON.stringify([inner]))], []);
  expect(JSON.parse(found)).toEqual(['{"token":"…"}']);
  expect(scrub(`Bad token: ${withEscapes(jwt, [2])}`, [])).toBe('Bad token: "…"');
  expect(scrub(withEscapes("größe-und-geheim", [1]), ["größe-und-geheim"])).toBe('"…"');
});

it("leaves escapes unchanged if they hide nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 20 }),
      ways,
      fc.array(fc.nat(), { maxLength: 8 }),
      async (text, how, cuts) => {
        const json = withEscapes(JSON.stringify(text).slice(1, -1), [0]) + withEscapes("plain words", how);
        fc.pre(!/eyJ/.test(json));
        expect(await scrubbed(pieces(Buffer.from(json), cuts), ["a-secret-of-some-length"])).toBe(json);
      },
    ),
  );
});

it("finds encrypted tokens, whose second part may be empty", () => {
  expect(scrub("a eyJhbGciOiJkaXIi..aXY.Y2lwaGVy.dGFn b", [])).toBe("a … b");
});

it("removes a long secret by its beginning, whatever follows it", () => {
  const secret = "k7".repeat(600);
  expect(scrub(`a ${secret} b ${secret.slice(0, 500)} c`, [secret])).toBe("a … b … c");
});

it("finds a token at the end of a word of any length", async () => {
  const padding = Buffer.alloc(100_000, "x");
  const found = await scrubbed([Buffer.from('["'), padding, padding, Buffer.from(`.${jwt}"]`)], []);
  expect(found).toBe(`["${"x".repeat(200_000)}.…"]`);
});

it("refuses an endless word", async () => {
  const chunk = Buffer.alloc(4_194_304, "x");
  await expect(
    scrubbed(
      Array.from({ length: 17 }, () => chunk),
      [],
    ),
  ).rejects.toMatchObject({
    code: "KAL_UPSTREAM_INVALID",
  });
});

it("scrubs nothing for an empty secret", () => {
  expect(scrub("plain", [""])).toBe("plain");
});
