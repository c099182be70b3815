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

it("leaves JSON as it is, wherever it is cut", async () => {
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

it("takes no short secret out of data: prices and names are full of them", async () => {
  expect(await scrubbed([Buffer.from('["1.459"]')], ["1.4", ""])).toBe('["1.459"]');
});

it("lets a word without end pass in parts rather than keep it", async () => {
  const word = Buffer.alloc(200_000, "x");
  expect(await scrubbed([word, word], [])).toHaveLength(400_000);
});

it("scrubs nothing for an empty secret", () => {
  expect(scrub("plain", [""])).toBe("plain");
});
