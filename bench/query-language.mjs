/**
 * The cost of reading and writing a query: `node bench/query-language.mjs`.
 *
 * Every cell reads its query at each calculation and writes it for the request, so thousands of them must not be
 * noticeable. Compared with the minimum: one pass over the characters of the text. Microseconds, the best of several
 * rounds, all in one run.
 */
import path from "node:path";
import { build } from "vite";

const root = path.join(import.meta.dirname, "..");
const queryFolder = path.join(root, "src/kalibrate/query");

const queries = {
  "one clause": "(entityVariant=Own)",
  "the vendor's proposed prices":
    "(entityVariant=Proposed)+(status.exported=true)+(exportedTime>=2020-06-01)+(orderBy=exportedTime)+(direction=descending)",
  "as an analyst types it": "entityVariant = Own and effectiveTime >= today-7; source <> 'Manual'; limit = 5",
  "a page of clauses": Array.from({ length: 200 }, (_, index) => `(name${index}=High Street ${index})`).join(
    "+",
  ),
};

/** The query language as shipped: in one bundle, without module boundaries. */
async function loadLanguage() {
  const entry = "query-language-entry";
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
              ? ["parse", "format", "relative-dates", "check"]
                  .map((name) => `export * from ${JSON.stringify(path.join(queryFolder, `${name}.ts`))};`)
                  .join("\n")
              : undefined,
        },
      ],
      build: {
        write: false,
        minify: false,
        rollupOptions: { input: entry, preserveEntrySignatures: "strict" },
      },
    })
  );
  const code = Buffer.from(output[0].code).toString("base64");
  /** @type {typeof import("../src/kalibrate/query/parse.ts") & typeof import("../src/kalibrate/query/format.ts") & typeof import("../src/kalibrate/query/relative-dates.ts") & typeof import("../src/kalibrate/query/check.ts")} */
  const language = await import(`data:text/javascript;base64,${code}`);
  return language;
}

const rounds = 7;
const roundMilliseconds = 60;
/** Results are stored here so that the compiler cannot remove the work. */
let sink = 0;

/**
 * Microseconds per call, from the best round.
 * @param {() => number} work
 */
function measure(work) {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    let calls = 0;
    const begun = performance.now();
    let now = begun;
    while (now - begun < roundMilliseconds) {
      for (let again = 0; again < 50; again += 1) sink += work();
      calls += 50;
      now = performance.now();
    }
    best = Math.min(best, ((now - begun) * 1000) / calls);
  }
  return best;
}

/** @param {string} text */
function floorOf(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at);
  return sum;
}

const { parseQuery, formatQuery, encodeQuery, resolveRelativeDates, violatedClause } = await loadLanguage();
const now = new Date();

console.log("query                          characters   floor    parse  + format  + encode   (µs)");
for (const [name, text] of Object.entries(queries)) {
  const wave = [
    measure(() => floorOf(text)),
    measure(() => parseQuery(text).length),
    measure(() => formatQuery(resolveRelativeDates(parseQuery(text), now)).length),
    measure(() => encodeQuery(resolveRelativeDates(parseQuery(text), now)).length),
  ];
  const figures = wave.map((figure) => figure.toFixed(2).padStart(8)).join("  ");
  console.log(`${name.padEnd(30)} ${String(text.length).padStart(10)} ${figures}`);
}

const filters = parseQuery(queries["the vendor's proposed prices"]);
const price = {
  id: { entityVariant: "Proposed" },
  data: { status: { exported: true }, exportedTime: "2026-11-20T16:00:00" },
};
const check = measure(() => (violatedClause(filters, price) ? 1 : 0));
console.log(`looking again at one document with its three filters: ${check.toFixed(2)} µs`);
if (sink < 0) console.log(sink);
