/**
 * The cost of answers designed to be slow to read: `node bench/hostile-answers.mjs`.
 *
 * Each is scrubbed and parsed like an answer of the Data API, in three sizes, each four times the last. If the time is
 * linear, the time per megabyte stays the same from left to right; if it were quadratic, it would grow fourfold.
 * Milliseconds per megabyte, the best of three rounds, compared with bare JSON.parse of the largest.
 */
import path from "node:path";
import { build } from "vite";

const root = path.join(import.meta.dirname, "..");
const megabyte = 1_048_576;
const sizes = [1, 4, 16];
const pieceBytes = 65_536;
const secret = `${"k".repeat(60)}7`;

/** Lists holding one text, by the text that it repeats. */
const texts = {
  "plain text": "High Street 1.459 ",
  "one word": "x",
  "beginnings of tokens": "eyJ",
  "beginnings of tokens with dots": "eyJ.",
  "many tokens": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl ",
  backslashes: "\\\\",
  "escaped letters": "\\u0065\\u0079\\u004a",
  "nearly the secret": "k",
};

/** @returns {Promise<typeof import("../src/gateway/data-api/scrub.ts") & typeof import("../src/gateway/data-api/json-elements.ts")>} */
async function loadReader() {
  const entry = "reader-entry";
  const { output } = /** @type {import("vite").Rolldown.RolldownOutput} */ (
    await build({
      root,
      configFile: false,
      logLevel: "silent",
      plugins: [
        {
          name: entry,
          resolveId: (id) => (id === entry ? id : undefined),
          load: (id) =>
            id === entry
              ? ["scrub", "json-elements"]
                  .map(
                    (name) =>
                      `export * from ${JSON.stringify(path.join(root, `src/gateway/data-api/${name}.ts`))};`,
                  )
                  .join("\n")
              : undefined,
        },
      ],
      build: {
        write: false,
        minify: false,
        ssr: true,
        rollupOptions: { input: entry, preserveEntrySignatures: "strict" },
      },
    })
  );
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`);
}

const { readElements, scrubBody } = await loadReader();

/** @param {Buffer} body */
async function* pieces(body) {
  for (let from = 0; from < body.length; from += pieceBytes) yield body.subarray(from, from + pieceBytes);
}

/** @param {() => unknown} work */
async function milliseconds(work) {
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now();
    await work();
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

console.log(
  `answer                          ${sizes.map((size) => `${size} MB`.padStart(8)).join("")}  bare  (ms for a megabyte)`,
);
for (const [name, repeated] of Object.entries(texts)) {
  const figures = [];
  for (const size of sizes) {
    const body = Buffer.from(`["${repeated.repeat(Math.ceil((size * megabyte) / repeated.length))}"]`);
    const read = async () => {
      const steps = readElements(scrubBody(pieces(body), [secret]), () => []);
      while ((await steps.next()).done !== true);
    };
    figures.push((await milliseconds(read)) / size);
    if (size === sizes.at(-1)) figures.push((await milliseconds(() => JSON.parse(body.toString()))) / size);
  }
  const [one, four, sixteen, bare] = figures.map((figure) => figure.toFixed(1));
  console.log(
    `${name.padEnd(32)}${[one, four, sixteen].map((figure) => figure?.padStart(8)).join("")}  ${bare?.padStart(4)}`,
  );
}
