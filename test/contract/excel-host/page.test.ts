import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { clockOfHiddenPane } from "../../../src/workbench/excel-host/node/page-tasks.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import { describeFunction, openFixture } from "./fixture.ts";

/** A local server that answers every request and records it in `requests`. */
async function serve(answer: (request: IncomingMessage) => string) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.end(answer(request));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const realClock = {
  setTimeout: (callback: () => void, delay: number): unknown => setTimeout(callback, delay),
  clearTimeout: (handle: never) => clearTimeout(handle),
  setInterval: (callback: () => void, delay: number): unknown => setInterval(callback, delay),
  clearInterval: (handle: never) => clearInterval(handle),
};

describe("the page", () => {
  it("fetches from its origin as a browser would", async () => {
    const { origin, requests } = await serve(() => `{"rows":[[1]]}`);
    const { host, page } = openFixture(
      `CustomFunctions.associate("PULL", async () => {
        const answer = await fetch("/api/v1/query", {
          method: "POST", headers: { "X-KAL-Request": "1" }, body: "{}", signal: new AbortController().signal,
        });
        const { rows } = await answer.json();
        window.ownArray = rows instanceof Array;
        await fetch("api/v1/status");
        return rows;
      });`,
      { functions: [describeFunction("PULL")], page: { origin } },
    );
    expect(await host.invoke({ functionId: "PULL", args: [] }).result).toEqual([[{ value: 1 }]]);
    expect(page.window.ownArray).toBe(true);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /api/v1/query",
      "GET /api/v1/status",
    ]);
    expect(requests[0]!.headers).toMatchObject({
      origin,
      "x-kal-request": "1",
      "sec-fetch-site": "same-origin",
    });
    expect(requests[0]!.headers["user-agent"]).toContain("Mozilla");
    expect(requests[1]!.headers.origin).toBeUndefined();
  });

  it("reaches no other origin, and sees an unreachable service as a browser does", async () => {
    const { host } = openFixture(
      `CustomFunctions.associate("TRY", async (address) => {
        try { await fetch(address); } catch (error) { return [[error instanceof TypeError, error.message]]; }
      });`,
      {
        functions: [describeFunction("TRY", [{ name: "address", type: "string" }])],
        // Port 9 of the loopback address, where nothing listens.
        page: { origin: "http://127.0.0.1:9" },
      },
    );
    const [other, down] = host.invokeAll([
      { functionId: "TRY", args: ["https://elsewhere.example/"] },
      { functionId: "TRY", args: ["/api"] },
    ]);
    expect(await other!.result).toEqual([
      [{ value: true }, { value: expect.stringContaining("elsewhere.example") as string }],
    ]);
    expect(await down!.result).toEqual([[{ value: true }, { value: "Failed to fetch" }]]);
  });

  it("loads further scripts from its origin, as a bundle's chunks", async () => {
    const { origin } = await serve(() => `window.chunk = document.currentScript.src;`);
    const { page } = openFixture(
      `const script = document.createElement("script");
      script.src = new URL("chunk.js", document.currentScript.src).href;
      window.loaded = new Promise((resolve) => { script.onload = () => resolve(); });
      document.head.appendChild(script);`,
      { page: { origin } },
    );
    await page.window.loaded;
    expect(page.window.chunk).toBe(`${origin}/chunk.js`);
  });

  it("has a storage that can contain a ticket", async () => {
    const localStorage = createMemoryStorage({ "kal.ticket": "planted" });
    const { host } = openFixture(
      `localStorage.setItem("kal.seen", "yes");
      CustomFunctions.associate("TICKET", () => localStorage.getItem("kal.ticket"));`,
      { functions: [describeFunction("TICKET")], page: { localStorage } },
    );
    expect(await host.invoke({ functionId: "TICKET", args: [] }).result).toEqual([[{ value: "planted" }]]);
    expect(localStorage.getItem("kal.seen")).toBe("yes");
  });

  it("reports the errors of its code and continues", async () => {
    const { host, errors } = openFixture(
      `setTimeout(() => { throw new Error("in a timer"); }, 0);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { throw new Error("in a message"); };
      channel.port2.postMessage(null);
      queueMicrotask(() => { throw new Error("in a microtask"); });
      CustomFunctions.associate("OK", (invocation) => {
        invocation.onCanceled = () => { throw new Error("in onCanceled"); };
        return "ok";
      });
      throw new Error("at the end");`,
      { functions: [describeFunction("OK", [], { cancelable: true })] },
    );
    await host.ready;
    const cancelled = host.invoke({ functionId: "OK", args: [] });
    host.cancel(cancelled.id);
    expect(await host.invoke({ functionId: "OK", args: [] }).result).toEqual([[{ value: "ok" }]]);
    await expect
      .poll(() => errors.map((error) => (error as Error).message).sort())
      .toEqual(["at the end", "in a message", "in a microtask", "in a timer", "in onCanceled"]);
  });

  it("stops everything when it is closed", async () => {
    const live = new Set<unknown>();
    const track = (handle: unknown) => (live.add(handle), handle);
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { host, page, errors } = openFixture(
      `setInterval(() => {}, 5);
      setTimeout(() => {}, 3600000);
      CustomFunctions.associate("WAIT", () => {
        window.request = fetch("/").catch((error) => { window.aborted = error.name; });
        return new Promise(() => {});
      });`,
      {
        functions: [describeFunction("WAIT")],
        page: {
          origin,
          clock: {
            Date,
            setTimeout: (callback, delay) => {
              const handle = track(setTimeout(() => (live.delete(handle), callback()), delay));
              return handle;
            },
            clearTimeout: (handle) => (live.delete(handle), clearTimeout(handle)),
            setInterval: (callback, delay) => track(setInterval(callback, delay)),
            clearInterval: (handle) => (live.delete(handle), clearInterval(handle)),
          },
        },
      },
    );
    await host.ready;
    const { result } = host.invoke({ functionId: "WAIT", args: [] });
    await expect.poll(() => typeof page.window.request).toBe("object");
    expect(live.size).toBeGreaterThan(1);
    page.close();
    expect(live.size).toBe(0);
    await expect(result).rejects.toThrow("closed");
    await page.window.request;
    expect(page.window.aborted).toBe("AbortError");
    expect(errors).toEqual([]);
  });

  it("answers later with a hidden pane, because office.js sends results by timers", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    let hidden = false;
    const { host } = openFixture(`CustomFunctions.associate("NOW", () => "here");`, {
      functions: [describeFunction("NOW")],
      page: { clock: clockOfHiddenPane({ ...realClock, Date }, () => hidden) },
    });
    /** Milliseconds of the fake clock until the promise settles. */
    async function elapsed(work: Promise<unknown>): Promise<number> {
      const start = Date.now();
      let settled = false;
      void work.then(() => (settled = true));
      while (!settled) await vi.advanceTimersByTimeAsync(10);
      return Date.now() - start;
    }
    const call = () => host.invoke({ functionId: "NOW", args: [] }).result;
    await elapsed(host.ready);
    expect(await elapsed(call())).toBeLessThan(1000);
    hidden = true;
    expect(await elapsed(call())).toBeGreaterThanOrEqual(1000);
  });
});
