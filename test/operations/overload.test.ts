/**
 * Overload of the built service with a heap of one gigabyte: large answers, callers who request large answers and do
 * not read them, and small queries, all with one credential.
 */
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { request } from "undici";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { withFolder } from "../gateway/support/gateway.ts";
import { connectBody, describeOwnEnvironment } from "../gateway/support/own-environment.ts";
import { sendJson, sendStatus } from "../gateway/support/upstream.ts";
import { startVendor, type Vendor } from "../gateway/support/vendor.ts";
import { reliabilityFile, reliabilityPage } from "../support/reliability-page.ts";
import { freePort } from "./support/redis.ts";
import { type Replica, startReplica } from "./support/replica.ts";

const counts = { large: 16, stalled: 50, small: 1000 };

/** Records of a large answer, and the service's memory in megabytes. */
const records = 15_000;
const heap = 1024;
const budget = 400;

/** 5 MB as JSON: more than the buffers of a connection hold. */
const document = (at: number) => ({
  id: { entityId: `p${at}`, entityVariant: "Own" },
  data: { price: 1 + at / records, comment: `${at} `.padEnd(300, "x") },
});

let vendor: Vendor;

beforeAll(async () => {
  vendor = await startVendor();
  const all = Buffer.from(JSON.stringify(Array.from({ length: records }, (_, at) => document(at))));
  vendor.answerData = ({ path }, response) => {
    if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
    if (path.includes("offset=")) return sendJson(response, 200, []);
    if (!path.includes("(price")) return sendJson(response, 200, [document(1)]);
    response.writeHead(200, { "content-type": "application/json" }).end(all);
  };
});

afterAll(() => vendor.close());

const large = { collection: "price", query: "(price>0)", fields: ["entityId", "price", "comment"] };
const small = (at: number) => ({ collection: "price", query: `(limit=${at + 1})`, fields: ["price"] });

/**
 * Asks as the add-in does: repeats what was refused temporarily. @returns the answer, and whether it was refused
 * first.
 */
async function askPatiently(replica: Replica, ticket: string) {
  for (;;) {
    const answer = await replica.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body: large });
    if (answer.status !== 429) return answer;
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers["retry-after"]) * 1000));
  }
}

interface Stalled {
  readonly socket: Socket;
  /** The first bytes of the answer; "" until they have arrived. */
  readonly head: () => string;
}

/** Requests a large answer and reads only its start, as much as the socket's own buffer holds. */
function stall(replica: Replica, ticket: string): Stalled {
  const body = JSON.stringify(large);
  const socket = connect(replica.port, "localhost").on("error", () => undefined);
  let head = "";
  socket.on("readable", () => {
    if (head === "") head = String(socket.read() ?? "");
  });
  socket.write(
    [
      "POST /api/v1/query HTTP/1.1",
      `host: localhost:${replica.port}`,
      "x-kal-request: 1",
      `authorization: Bearer ${ticket}`,
      "content-type: application/json",
      `content-length: ${body.length}`,
      "",
      body,
    ].join("\r\n"),
  );
  return { socket, head: () => head };
}

const isBegun = ({ head }: Stalled) => head().startsWith("HTTP/1.1 200");

/** Reads the rest too late. @returns what happened to the answer. */
async function outcomeOf({ socket, head }: Stalled): Promise<"told to come again" | "cut off" | "other"> {
  if (head().startsWith("HTTP/1.1 429")) return "told to come again";
  let bytes = Buffer.byteLength(head());
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.removeAllListeners("readable");
  socket.on("data", (piece) => (bytes += piece.length)).resume();
  await closed;
  const [, length = "0"] = /^content-length: (\d+)/im.exec(head()) ?? [];
  return bytes < Number(length) ? "cut off" : "other";
}

/** Polls the service's health and memory. */
function watch(replica: Replica, metricsPort: number) {
  const seen = { unhealthy: 0, asked: 0, slowest: 0, heldUp: 0, memory: 0 };
  let watching = true;
  const watched = (async () => {
    while (watching) {
      const began = performance.now();
      const { status } = await replica.call("GET", "/health/live");
      seen.slowest = Math.max(seen.slowest, performance.now() - began);
      seen.asked += 1;
      if (status !== 200) seen.unhealthy += 1;
      const { body } = await request(`http://localhost:${metricsPort}/metrics`);
      const metrics = await body.text();
      const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)?.[1]);
      seen.memory = Math.max(seen.memory, metric("kal_answer_bytes"));
      seen.heldUp = Math.max(seen.heldUp, metric("nodejs_eventloop_lag_max_seconds") * 1000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return seen;
  })();
  return () => ((watching = false), watched);
}

describe("overload", () => {
  it("behaves as docs/reliability.md says", { timeout: 600_000 }, () =>
    withFolder(async (folder) => {
      const metricsPort = await freePort();
      const replica = await startReplica({
        ...describeOwnEnvironment(folder, { authority: vendor.origin, api: vendor.origin }),
        NODE_OPTIONS: `--max-old-space-size=${heap}`,
        KAL_ANSWER_MEMORY: String(budget),
        KAL_LOG_LEVEL: "info",
        KAL_METRICS_PORT: String(metricsPort),
      });
      const stalled: Stalled[] = [];
      try {
        const { ticket } = await replica.connect(connectBody);
        const before = await replica.heapUsed();
        const stop = watch(replica, metricsPort);
        for (let count = 0; count < counts.stalled; count++) stalled.push(stall(replica, ticket));
        const [larges, smalls] = await Promise.all([
          Promise.all(Array.from({ length: counts.large }, () => askPatiently(replica, ticket))),
          Promise.all(
            Array.from({ length: counts.small }, (_, at) =>
              replica.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body: small(at) }),
            ),
          ),
        ]);
        const refused = () => replica.output().match(/"code":"KAL_THROTTLED"/g)?.length ?? 0;
        const cutOff = () => replica.output().match(/the caller went away/g)?.length ?? 0;
        const seen = await stop();
        const areEnded = () =>
          stalled.every(({ head }) => head() !== "") && cutOff() >= stalled.filter(isBegun).length;
        await expect.poll(areEnded, { timeout: 120_000 }).toBe(true);
        const outcomes = await Promise.all(stalled.map(outcomeOf));
        const ended = outcomes.filter((outcome) => outcome !== "other");
        const after = await replica.heapUsed();
        console.log(
          `slowest health answer ${Math.round(seen.slowest)} ms of ${seen.asked}; ` +
            `event loop held up for at most ${Math.round(seen.heldUp)} ms; ` +
            `answers at most ${Math.round(seen.memory / 1e6)} MB; refused for a while ${refused()}, cut off ${cutOff()}; ` +
            `heap ${Math.round(before / 1e6)} MB before, ${Math.round(after / 1e6)} MB after`,
        );
        const whole = larges.filter(({ body }) => body?.rowCount === records && body.rows.length === records);
        const answered = smalls.filter(({ status, body }) => status === 200 && body.rows.length === 1);
        const isWithin = seen.memory > 0 && seen.memory <= budget * 1_048_576;
        const isFreed = after - before < 50_000_000;
        const again = await replica.call("POST", "/api/v1/query", { ticket, body: small(1) });
        await expect(
          reliabilityPage({
            load: `
Written by \`test/operations/overload.test.ts\`: the built service with a heap of ${heap} MB and \`KAL_ANSWER_MEMORY=${budget}\`, other settings at their defaults, all callers with one credential at once. A large answer has ${records.toLocaleString("en-GB")} records, 5 MB as JSON. A caller who gets a Retry-After tries again, as the add-in does.

| who | how many | what came of it |
|---|---|---|
| small queries | ${counts.small} | ${answered.length} answered at the first attempt |
| large answers | ${counts.large} | ${whole.length} whole |
| callers who ask for a large answer and read nothing | ${counts.stalled} | ${ended.length} cut off after thirty seconds, or told to come again |
| health, asked all the time | | ${seen.unhealthy === 0 ? "always answered" : `${seen.unhealthy} times not answered`} |
| memory of answers under way | | ${isWithin ? "within its budget" : `${seen.memory} bytes`}, ${isFreed ? "free again afterwards" : "not free afterwards"} |
| the session | | ${again.status === 200 ? "still good" : again.text} |

Details: [decision 13](decisions/0013-limits-and-trust.md).
`,
          }),
        ).toMatchFileSnapshot(reliabilityFile);
      } finally {
        for (const { socket } of stalled) socket.destroy();
        await replica.kill("SIGKILL");
      }
    }),
  );
});
