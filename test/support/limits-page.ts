/**
 * docs/limits.md: every cache, queue, time-out, retry and bound between a cell and the Data API. The figures come from
 * the constants in the code, the defaults of settings from the configuration.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Variable, variables } from "../../src/gateway/configuration/variables.ts";

const source = path.resolve(import.meta.dirname, "../../src");

interface Limit {
  /** The thing and its purpose. */
  readonly what: string;
  /** Its size; `{file#constant unit}` is replaced by the constant's value. */
  readonly size?: string;
  /** Its duration. */
  readonly time?: string;
  /** The setting that changes it. */
  readonly setting?: keyof typeof variables;
}

const engine = "addin/runtime/requests/request-engine.ts";
const token = "gateway/token-service/token-service.ts";
const breaker = "gateway/data-api/circuit-breaker.ts";
const retry = "gateway/data-api/retry.ts";
const concurrency = "gateway/hooks/concurrency.ts";
const guard = "gateway/sessions/connect-guard.ts";

const addin: readonly Limit[] = [
  {
    what: "Cache of parsed arguments, for equal calls",
    size: "{addin/functions/read-once.ts#maxRemembered} calls",
  },
  {
    what: "Cache of answers: equal requests are one call; a refresh empties it",
    size: `{${engine}#maxValues} values`,
    time: "{addin/runtime/requests/generations.ts#lifetimeMs ms}",
  },
  {
    what: "Cache of lookup entries; beyond it, only entries that cells wait for",
    size: "{addin/runtime/requests/lookups.ts#maxSlices} slices of {addin/runtime/requests/lookup-entries.ts#maxEntries} entries",
    time: "{addin/runtime/requests/generations.ts#lifetimeMs ms}",
  },
  {
    what: "Failure cache: depending on the error, equal requests, those with the same ticket or all requests fail at once",
    size: "{addin/runtime/requests/failure-cache.ts#maxFailures} failures",
    time: "5 to 60 s",
  },
  {
    what: "Lookups in one call",
    size: "{addin/runtime/requests/lookup-batch.ts#maxKeyChars} characters of keys, {addin/runtime/requests/lookup-batch.ts#maxFields} fields",
  },
  {
    what: "Calls at once: pulls; small questions such as STATUS. The others queue",
    size: `{${engine}#maxOpenPulls}; {${engine}#maxOpenQuestions}`,
  },
  {
    what: "Queued calls fail if no call has completed for this time",
    time: `{${engine}#maxStandstillMs ms}`,
  },
  {
    what: "Queries in one call",
    size: "{addin/runtime/requests/query-batch.ts#maxQueries}; {addin/runtime/requests/query-batch.ts#maxBodyChars} characters",
  },
  { what: "A call whose last cell left is aborted after", time: `{${engine}#abortDelayMs ms}` },
  {
    what: "Silence of the service before a call fails with KAL_TIMEOUT",
    time: "{addin/runtime/session/gateway-client.ts#maxSilenceMs ms}",
  },
  {
    what: "JSON of a result in a cell; beyond it KAL_TOO_LARGE",
    size: "{addin/runtime/cells.ts#maxResultChars} characters",
  },
  {
    what: "Large results go to Excel one after another",
    size: "from {addin/runtime/requests/large-results.ts#minLargeChars} characters",
    time: "{addin/runtime/requests/large-results.ts#spacingMs ms} apart",
  },
];

const gateway: readonly Limit[] = [
  { what: "Requests of one session; more are refused", setting: "sessionRate" },
  { what: "Requests of all sessions of one credential; more are refused", setting: "connectionRate" },
  { what: "Requests of one credential at once; the others queue", setting: "concurrency" },
  {
    what: "Queue of one credential; of all; beyond it KAL_THROTTLED",
    size: `{${concurrency}#maxWaitingPerOwner}, {${concurrency}#maxWaiting}`,
  },
  { what: "Body of a request", setting: "bodyLimit" },
  {
    what: "A batch: queries, bytes of its body; each pull of it has a turn and a deadline of its own",
    size: "{gateway/routes/batch-schemas.ts#maxQueries}, {gateway/routes/batch.ts#maxBody bytes}",
  },
  {
    what: "Queries of a batch that differ in one filter are answered from one slice up to, for each of them",
    size: "{gateway/answers/group.ts#documentsPerQuery} documents",
  },
  {
    what: "Fewer of them do not try a slice of unknown size",
    size: "up to {gateway/answers/group.ts#maxUntried} queries",
  },
  {
    what: "An empty line is sent where nothing is ready in a batch for",
    time: "{gateway/routes/outbox.ts#heartbeatMs ms}",
  },
  { what: "Body of a request must arrive within", time: `{${concurrency}#maxBodyTime ms}` },
  { what: "A whole call, with queueing, all pages, retries and sending", setting: "pullTimeout" },
  {
    what: "A caller who does not read the answer is cut off after",
    time: `{${concurrency}#maxReadPause ms}`,
  },
  { what: "Memory of unfinished answers, for all callers together", setting: "answerMemory" },
  {
    what: "Answers not counted there",
    size: "up to {gateway/answer-memory.ts#maxSmallAnswer bytes}",
  },
  {
    what: "Wait of an answer for memory; then KAL_THROTTLED",
    time: "{gateway/answer-memory.ts#maxWait ms}",
  },
  {
    what: "Cache of lookup indexes, by bytes; `maxAge` of a request can demand newer ones",
    size: "a fifth of the heap",
    setting: "maxAge",
  },
  {
    what: "Shared answers in memory, compressed; `maxAge` of a request can demand newer ones",
    size: "a tenth of the heap",
    setting: "maxAge",
  },
  {
    what: "Referenced collections among them",
    time: "{gateway/shared/referenced-documents.ts#referenceMaxAge s}",
  },
  {
    what: "A request for new data joins an equal pull under way that began within",
    time: "{gateway/shared/answer.ts#spread ms}",
  },
  {
    what: "Between replicas: a lock that its holder does not renew ends after",
    time: "{gateway/shared/replicas.ts#lockMs ms}",
  },
  {
    what: "Between replicas: a larger answer is not shared",
    size: "{gateway/shared/replicas.ts#maxSharedBytes bytes}",
  },
  {
    what: "Cache of records that show a property's type",
    size: "{gateway/plan/sample-records.ts#maxRecords} records",
    time: "{gateway/plan/sample-records.ts#lifetimeMs ms}",
  },
  {
    what: "Observed behaviour of a server: whether it returns everything at once, and how much",
    size: "{gateway/slices/server-memory.ts#maxFindings} findings",
    time: "{gateway/slices/server-memory.ts#maxAgeMs ms}",
  },
  { what: "Work of all large answers in one turn of the event loop", time: "{gateway/pauses.ts#maxBusy ms}" },
  {
    what: "Failed connects from one address in ten minutes; beyond it one attempt per second",
    setting: "failedConnects",
  },
  {
    what: "Refusals of one credential; beyond it no attempt for this time",
    size: `{${guard}#maxRefusals}`,
    time: `{${guard}#lockTime s}`,
  },
];

const upstream: readonly Limit[] = [
  {
    what: "Cache of tokens; each is dropped before it expires",
    size: `{${token}#maxEntries} credentials`,
    time: `{${token}#margin ms} before its end`,
  },
  {
    what: "A token is renewed in the background after this share of its life",
    size: `{${token}#renewalShare}`,
  },
  { what: "Wait after a failed renewal", time: `{${token}#renewalPause ms}` },
  {
    what: "Cache of the identity provider's refusal, for all calls of the credential",
    time: `{${token}#refusalPause ms}`,
  },
  {
    what: "When the Data API refuses a second token too, no new one is requested for",
    time: `{${token}#replacementPause ms}`,
  },
  { what: "Longest Retry-After accepted from the identity provider", time: `{${token}#maxPauseSeconds s}` },
  { what: "A token request, with its retry", setting: "tokenTimeout" },
  { what: "Silence of the Data API", setting: "apiTimeout" },
  { what: "One answer of the Data API, read to its end", setting: "pageTimeout" },
  { what: "One answer of the Data API", size: "{gateway/dispatcher.ts#maxAnswerBytes bytes}" },
  {
    what: "Retries of a request whose answer was not used yet, after a random pause that doubles",
    size: `{${retry}#maxRepeats} repeats`,
    time: `up to {${retry}#firstPause ms} before the first`,
  },
  {
    what: "A `Retry-After` that the service waits for itself; a longer one goes to the caller",
    time: `up to {${retry}#maxRetryAfterSeconds s}`,
  },
  {
    what: "Circuit breaker of a credential: opens if half of at least this many calls failed within the time",
    size: `{${breaker}#minCalls} calls`,
    time: `{${breaker}#window ms}`,
  },
  { what: "Circuit breaker: stays open", time: `{${breaker}#openFor ms}` },
  {
    what: "Values of a list, or entities of a filter through a reference, requested one by one",
    size: "up to {gateway/plan/slice-plan.ts#maxOneByOne}",
  },
  { what: "Elements per page", size: "{gateway/slices/read-pages.ts#documentedPage}" },
  { what: "Pages requested ahead", size: "up to {gateway/slices/read-pages.ts#maxPagesAhead}" },
  {
    what: "Requests in a row without a new record, then KAL_UPSTREAM_INVALID",
    size: "{gateway/slices/read-pages.ts#maxRequestsWithoutNews}",
  },
  {
    what: "Readings of a list that changes meanwhile",
    size: "{gateway/slices/whole-slice.ts#maxReadings}",
  },
];

/** The page in Markdown. */
export function limitsPage(): string {
  return `# Limits

Written from the constants in the code by \`npm run docs\`: every cache, queue, time-out, retry and size limit between a cell and the Data API, in the order in which a request meets them. [Configuration](configuration.md) explains the settings; the reasons are in decisions [12](decisions/0012-upstream-faults.md), [13](decisions/0013-limits-and-trust.md) and [15](decisions/0015-bursts.md).

## In the add-in

${table(addin)}

## In the service

${table(gateway)}

## Towards Kalibrate and Entra

${table(upstream)}
`;
}

function table(limits: readonly Limit[]): string {
  const rows = limits.map(({ what, size = "", time = "", setting }) => {
    const variable = setting && (variables[setting] as Variable);
    const settings = variable === undefined ? "" : `\`${variable.name}\``;
    const [byDefault, unit] = variable === undefined ? ["", ""] : defaultOf(variable);
    const isTime = unit === "seconds";
    const cells = [
      what,
      isTime ? "" : filled(size) || byDefault,
      isTime ? byDefault : filled(time),
      settings,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `| what | size | time | setting |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function defaultOf({ range, default: preset }: Variable): [string, string] {
  const unit = /\((.*)\)$/.exec(range)?.[1] ?? "";
  if (typeof preset !== "number") return ["two fifths of the heap", unit];
  if (unit === "seconds") return [duration(preset * 1000), unit];
  if (unit === "bytes") return [bytes(preset), unit];
  return [`${count(preset)} ${unit}`.trim(), unit];
}

/** Replaces references to constants by their values. */
function filled(text: string): string {
  return text.replace(
    /\{([^#}]+)#(\w+)(?: (\w+))?\}/g,
    (_, file: string, name: string, unit: string | undefined) => {
      const value = constantOf(file, name);
      if (unit === "ms") return duration(value);
      if (unit === "s") return duration(value * 1000);
      return unit === "bytes" ? bytes(value) : count(value);
    },
  );
}

/**
 * The value of `const name = 30_000;` in a file. @throws Error if there is no such constant: the row that names it is
 * out of date.
 */
function constantOf(file: string, name: string): number {
  const text = readFileSync(path.join(source, file), "utf8");
  const [, written] = new RegExp(`^(?:export )?const ${name} = ([\\d_.]+);`, "m").exec(text) ?? [];
  if (written === undefined)
    throw new Error(
      `src/${file} has no constant ${name} any more: correct its row in test/support/limits-page.ts.`,
    );
  return Number(written.replaceAll("_", ""));
}

const count = (value: number) => value.toLocaleString("en-GB");

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1000;
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function bytes(value: number): string {
  const kilobytes = value / 1024;
  if (kilobytes < 1024) return `${count(kilobytes)} kB`;
  const megabytes = kilobytes / 1024;
  return megabytes < 1024 ? `${count(megabytes)} MB` : `${count(megabytes / 1024)} GB`;
}
