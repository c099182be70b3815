import { describe, expect, it } from "vitest";
import { createQueryBatch } from "../../../../../src/addin/runtime/requests/query-batch.ts";
import type { HeldConnection } from "../../../../../src/addin/runtime/session/connection-store.ts";
import type { GatewayCall } from "../../../../../src/addin/runtime/session/gateway-client.ts";
import { KalError } from "../../../../../src/kalibrate/errors.ts";

const table = (value: number) => ({
  columns: [{ name: "price", label: "Price", type: "number" }],
  rows: [[value]],
  asOf: "2026-11-20T08:00:00Z",
  rowCount: 1,
});
const connection = (name: string) => ({ name, ticket: name }) as HeldConnection;
const own = connection("own");

/** A service whose streams and calls the test settles. */
function open() {
  const calls: GatewayCall[] = [];
  const streams: { take: (text: string) => void; end: () => void; fail: (error: Error) => void }[] = [];
  const tasks: (() => void)[] = [];
  const ask = createQueryBatch(
    {
      callAs: async <Answer>(
        _: HeldConnection,
        call: GatewayCall,
        send?: (call: GatewayCall) => Promise<unknown>,
      ) => {
        calls.push(call);
        return (send ? await send(call) : table(0)) as Answer;
      },
    },
    {
      stream: (_, take) =>
        new Promise((end, fail) =>
          streams.push({ take: (text) => take(new TextEncoder().encode(text)), end, fail }),
        ),
    },
    (task) => tasks.push(task),
  );
  const query = (text: string, at = own, signal = new AbortController().signal) =>
    ask(at, { method: "POST", path: "/query", body: { collection: "price", query: text }, signal });
  const endWindow = () => {
    for (const task of tasks.splice(0)) task();
  };
  return { calls, streams, query, endWindow };
}

const line = (index: number, more: object) => `${JSON.stringify({ index, ...more })}\n`;

describe("the queries of one batch window", () => {
  it("are one call, and each is answered as its line comes", async () => {
    const { calls, streams, query, endWindow } = open();
    const [first, second] = [query("(a=1)"), query("(a=2)")];
    expect(calls).toEqual([]);
    endWindow();
    expect(calls).toMatchObject([
      { path: "/batch", body: { requests: [{ query: "(a=1)" }, { query: "(a=2)" }] } },
    ]);
    const text = line(1, table(2));
    streams[0]!.take(`\n${text.slice(0, 20)}`);
    streams[0]!.take(text.slice(20));
    expect(await second).toMatchObject({ rows: [[2]] });
    streams[0]!.take(line(0, table(1)));
    expect(await first).toMatchObject({ rows: [[1]] });
  });

  it("are a plain call where there is only one", async () => {
    const { calls, query, endWindow } = open();
    const answer = query("(a=1)");
    endWindow();
    expect(await answer).toEqual(table(0));
    expect(calls).toMatchObject([{ path: "/query" }]);
  });

  it("are a call for each connection", () => {
    const { calls, query, endWindow } = open();
    for (const at of [own, connection("other")]) {
      query("(a=1)", at).catch(() => undefined);
      query("(a=2)", at).catch(() => undefined);
    }
    endWindow();
    expect(calls.map(({ path }) => path)).toEqual(["/batch", "/batch"]);
  });

  it("fail alone, with the error of their own line", async () => {
    const { streams, query, endWindow } = open();
    const [bad, odd, good] = [query("("), query("(a=0)"), query("(a=2)")];
    endWindow();
    const error = {
      code: "KAL_QUERY_INVALID",
      message: "Wrong.",
      hint: "Right it.",
      retryable: false,
      requestId: "r",
    };
    streams[0]!.take(line(0, { error }) + line(1, { ...table(1), rows: "none" }) + line(2, table(2)));
    await expect(bad).rejects.toMatchObject({ code: "KAL_QUERY_INVALID", message: "Wrong.", requestId: "r" });
    await expect(odd).rejects.toBeInstanceOf(KalError);
    expect(await good).toMatchObject({ rows: [[2]] });
  });

  it("that were not answered fail when the call ends or fails; those before keep their answers", async () => {
    for (const how of ["end", "fail"] as const) {
      const { streams, query, endWindow } = open();
      const [first, second] = [query("(a=1)"), query("(a=2)")];
      endWindow();
      streams[0]!.take(line(0, table(1)));
      if (how === "end") streams[0]!.end();
      else streams[0]!.fail(new KalError("KAL_OFFLINE"));
      expect(await first).toMatchObject({ rows: [[1]] });
      await expect(second).rejects.toMatchObject({
        code: how === "end" ? "KAL_GATEWAY_INTERNAL" : "KAL_OFFLINE",
      });
    }
  });

  it("are cancelled alone; the call ends with the last of them", async () => {
    const { calls, query, endWindow } = open();
    const cells = [1, 2, 3].map(() => new AbortController());
    const answers = cells.map(({ signal }, at) => query(`(a=${at})`, own, signal));
    cells[0]!.abort(new Error("gone"));
    endWindow();
    expect(calls).toMatchObject([{ body: { requests: [{ query: "(a=1)" }, { query: "(a=2)" }] } }]);
    cells[1]!.abort(new Error("gone"));
    expect(calls[0]!.signal!.aborted).toBe(false);
    cells[2]!.abort(new Error("gone"));
    expect(calls[0]!.signal!.aborted).toBe(true);
    for (const answer of answers) await expect(answer).rejects.toThrow("gone");
  });

  it("are asked one by one at a service that knows no batches", async () => {
    const { calls, streams, query, endWindow } = open();
    const answers = [query("(a=1)"), query("(a=2)")];
    endWindow();
    streams[0]!.fail(new KalError("KAL_REQUEST_INVALID"));
    expect(await Promise.all(answers)).toEqual([table(0), table(0)]);
    expect(calls.map(({ path }) => path)).toEqual(["/batch", "/query", "/query"]);
  });
});
