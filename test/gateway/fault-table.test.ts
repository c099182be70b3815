/**
 * Every fault of the simulator, with every operation. docs/reliability.md shows what callers see: `npm run docs` writes
 * it, and this test compares it.
 */
import pLimit from "p-limit";
import { afterAll, expect, it } from "vitest";
import type {
  ConnectAnswer,
  FieldsAnswer,
  LookupAnswer,
  QueryAnswer,
  Status,
} from "../../src/kalibrate/gateway-api.ts";
import type { Fault, FaultKind, ListFault, Shape } from "../../src/simulator/fault.ts";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { closeSimulators, takeSimulator } from "../support/simulators.ts";
import { stoppedClock } from "../unit/gateway/support.ts";
import { type Answered, errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";
import { reliabilityFile, reliabilityPage } from "../support/reliability-page.ts";

interface Row {
  readonly fault: string;
  /** Switched on before each operation; `now` is the gateway's clock. */
  readonly on: (now: number) => readonly Fault[];
  /** Whether callers wait until a limit ends the call. */
  readonly waits?: true;
}

const lasting = (fault: string, ...faults: Fault[]): Row => ({ fault, on: () => faults });
const once = (fault: string, given: Fault): Row => lasting(`${fault}, once`, { ...given, times: 1 });

/** Not faults but other valid ways to answer and to read a query; test/gateway/reference-points.test.ts covers them. */
type OtherWay =
  | Shape["kind"]
  | ListFault["kind"]
  | "ignored-property"
  | "null-for-nothing"
  | "any-case"
  | "no-less-or-equal"
  | "literal-plus"
  | "no-type-paths";

/** Rows by kind, so that a new kind without a row does not compile. */
const dataRows: Record<Exclude<FaultKind, OtherWay | "token-lifetime">, readonly Row[]> = {
  unauthorised: [once("401", { kind: "unauthorised" }), lasting("401", { kind: "unauthorised" })],
  throttled: [
    once("429, Retry-After: 2", { kind: "throttled", retryAfter: 2 }),
    lasting("429, Retry-After: 60", { kind: "throttled", retryAfter: 60 }),
    {
      fault: "429, Retry-After: a date two minutes ahead",
      on: (now) => [{ kind: "throttled", retryAfter: new Date(now + 120_000) }],
    },
    lasting("429 without Retry-After", { kind: "throttled" }),
  ],
  unavailable: [
    once("503", { kind: "unavailable" }),
    once("503, Retry-After: 10", { kind: "unavailable", retryAfter: 10 }),
    lasting("503", { kind: "unavailable" }),
    lasting("503, Retry-After: 600", { kind: "unavailable", retryAfter: 600 }),
  ],
  down: [
    once("the connection is cut", { kind: "down" }),
    lasting("every connection is cut", { kind: "down" }),
  ],
  slow: [
    lasting("answers after 0.1 s", { kind: "slow", delay: 100 }),
    { ...lasting("no answer within the limit", { kind: "slow", delay: 3_600_000 }), waits: true },
  ],
  "cut-off": [
    once("the answer breaks off", { kind: "cut-off" }),
    lasting("every answer breaks off", { kind: "cut-off" }),
  ],
  malformed: [lasting("the answer is no JSON", { kind: "malformed" })],
  "sign-in-page": [lasting("a page in HTML with status 200", { kind: "sign-in-page" })],
  "blocked-page": [lasting("a page in HTML with status 403", { kind: "blocked-page" })],
  "proxy-sign-in": [lasting("407", { kind: "proxy-sign-in" })],
  encoded: [
    lasting("compressed unasked (gzip)", { kind: "encoded", coding: "gzip" }),
    lasting("said to be compressed, and is not", { kind: "encoded", coding: "br", lies: true }),
  ],
  redirected: [lasting("a redirect to another host", { kind: "redirected" })],
  refused: [
    lasting("400 with a reason", { kind: "refused", status: 400, form: "problem" }),
    lasting("400 in HTML", { kind: "refused", status: 400, form: "html" }),
    lasting("500 without a body", { kind: "refused", status: 500, form: "empty" }),
  ],
  "page-cap": [lasting("no page over 400 documents", { kind: "page-cap", cap: 400 })],
  "unlimited-cap": [lasting("limit=0 means 1,000", { kind: "unlimited-cap", cap: 1000 })],
  "unlimited-refused": [lasting("limit=0 is refused", { kind: "unlimited-refused" })],
  envelope: [lasting("lists come in an object", { kind: "envelope", name: "value" })],
  "no-content": [lasting("204 where there is nothing", { kind: "no-content" })],
  "unknown-property": [lasting("unknown properties are refused", { kind: "unknown-property" })],
};

/** The faults that also apply to token requests. */
const tokenRows: readonly Row[] = (
  [
    "unauthorised",
    "throttled",
    "unavailable",
    "down",
    "slow",
    "cut-off",
    "malformed",
    "sign-in-page",
    "blocked-page",
    "proxy-sign-in",
    "encoded",
    "redirected",
  ] as const
).flatMap((kind) => dataRows[kind]);

const lifetimes = [
  lasting("expires_in of five seconds", { kind: "token-lifetime", seconds: 5 }),
  lasting("expires_in as text", { kind: "token-lifetime", seconds: "3599" }),
];

const onTokens = ({ on, ...row }: Row): Row => ({
  ...row,
  on: (now) => on(now).map((fault) => ({ ...fault, endpoint: "token" as const })),
});

const tables: Record<string, readonly Row[]> = {
  "The Data API": Object.values(dataRows).flat(),
  "The identity provider": [...tokenRows, ...lifetimes].map(onTokens),
};

type Call = (gateway: TestGateway, ticket: string) => Promise<Answered>;

const query =
  (collection: string, text: string, fields: string[]): Call =>
  (gateway, ticket) =>
    gateway.call("POST", "/api/v1/query", { ticket, body: { collection, query: text, fields } });

const lookupBody = {
  collection: "product",
  query: "(entityVariant=Own)+(limit=20)+(orderBy=entityId)",
  keys: ["entityVariant"],
  requests: [{ field: "site.name", values: [["Own"]] }],
};

/** Every operation, with the part of its answer that must be the same with and without faults. */
const operations: Record<string, { readonly call: Call; readonly essence: (body: never) => unknown }> = {
  connect: {
    call: (gateway) => gateway.call("POST", "/api/v1/session", { body: { environment: "sample" } }),
    essence: ({ status: { state, customerId } }: ConnectAnswer) => [state, customerId],
  },
  status: {
    call: (gateway, ticket) => gateway.call("GET", "/api/v1/status", { ticket }),
    essence: ({ state, customerId }: Status) => [state, customerId],
  },
  query: {
    call: query("site", "(entityVariant=Own)", ["importCode", "name"]),
    essence: ({ rows }: QueryAnswer) => rows,
  },
  "query with names": {
    call: query("product", "(entityVariant=Own)+(limit=20)", ["site.name", "product.name", "currentPrice"]),
    essence: ({ rows }: QueryAnswer) => rows,
  },
  "query of many pages": {
    call: query("price", "(entityVariant=Own)+(limit=2500)", ["price"]),
    essence: ({ rows }: QueryAnswer) => rows,
  },
  lookup: {
    call: (gateway, ticket) => gateway.call("POST", "/api/v1/lookup", { ticket, body: lookupBody }),
    essence: ({ results }: LookupAnswer) => results,
  },
  fields: {
    call: (gateway, ticket) =>
      gateway.call("POST", "/api/v1/fields", { ticket, body: { collection: "reference/Brand" } }),
    essence: ({ fields }: FieldsAnswer) => fields.map(({ name }) => name),
  },
};

/** The result of every operation under the row's faults, and whether its answer is complete again afterwards. */
async function meet(row: Row) {
  const { simulator, giveBack } = await takeSimulator({ ownSites: 60 });
  const clock = stoppedClock(Math.floor(Date.now() / 1000) * 1000);
  const gateway = await startTestGateway({
    sampleEnvironment: simulator.environment,
    variables: row.waits ? { KAL_API_TIMEOUT: "1", KAL_TOKEN_TIMEOUT: "1" } : {},
    now: clock.now,
    pause: async () => undefined,
  });
  try {
    const { ticket } = await gateway.connect({ environment: "sample", remember: true });
    const seen: { operation: string; saw: string; afterwards: string }[] = [];
    for (const [operation, { call, essence }] of Object.entries(operations)) {
      const run = async () => {
        // After an hour, the token and all cached data have expired.
        clock.advance(3700);
        const answer = await call(gateway, ticket);
        return answer.status === 200
          ? JSON.stringify(essence(answer.body as never))
          : errorText(answer, simulator);
      };
      simulator.faults.clear();
      const whole = await run();
      simulator.faults.add(...row.on(clock.now() + 3_700_000));
      const saw = await run();
      simulator.faults.clear();
      const after = await run();
      seen.push({
        operation,
        saw: saw === whole ? "the whole answer" : saw,
        afterwards: after === whole ? "the whole answer" : `LOST: ${after}`,
      });
    }
    return seen;
  } finally {
    await gateway.close();
    giveBack();
  }
}

function errorText(answer: Answered, simulator: Simulator): string {
  const { code, message, retryAfter } = errorOf(answer);
  const again = retryAfter === undefined ? "" : ` Again in ${retryAfter} s.`;
  const host = new URL(simulator.origin).host;
  return `${answer.status} \`${code}\`: ${message.replaceAll(host, "host")}${again}`;
}

/** Operations with the same result share a line. */
function linesOf({ fault }: Row, seen: Awaited<ReturnType<typeof meet>>): string[] {
  const sights = [...new Set(seen.map(({ saw }) => saw))];
  return sights.map((saw) => {
    const alike = seen.filter((item) => item.saw === saw);
    const names = alike.length === seen.length ? "all" : alike.map(({ operation }) => operation).join(", ");
    return `| ${fault} | ${names} | ${saw} |`;
  });
}

afterAll(closeSimulators);

it("docs/reliability.md matches what callers see, and no data is lost", { timeout: 180_000 }, async () => {
  const sections: string[] = [];
  const all = Object.values(tables).flat();
  const seenOf = new Map<Row, Awaited<ReturnType<typeof meet>>>();
  // Rows that wait run at the same time, without other load that would slow them down.
  await Promise.all(all.filter(({ waits }) => waits).map(async (row) => seenOf.set(row, await meet(row))));
  const limit = pLimit(4);
  const others = all.filter(({ waits }) => !waits);
  await Promise.all(others.map((row) => limit(async () => seenOf.set(row, await meet(row)))));
  for (const [upstream, rows] of Object.entries(tables)) {
    const lines: string[] = [];
    for (const row of rows) {
      const seen = seenOf.get(row)!;
      const lost = seen.filter(({ afterwards }) => afterwards !== "the whole answer");
      expect(lost, row.fault).toEqual([]);
      lines.push(...linesOf(row, seen));
    }
    sections.push(
      `## ${upstream}\n\n| fault | operations | what the caller sees |\n|---|---|---|\n${lines.join("\n")}`,
    );
  }
  const faults = `# Reliability

Written by \`test/gateway/fault-table.test.ts\` with \`npm run docs\`: every fault of the simulator with every operation (${Object.keys(operations).join(", ")}). Each operation runs three times with the same ticket, each time without a cached token: without the fault, with it, and without it again. In the third run every operation gave the whole answer again, so a fault never costs a session, a secret or a later call. “The whole answer” means equal value by value; part of a table never counts. The test skips pauses, and time limits are one second.

${sections.join("\n\n")}

Details: [decision 12](decisions/0012-upstream-faults.md).
`;
  await expect(reliabilityPage({ faults })).toMatchFileSnapshot(reliabilityFile);
});
