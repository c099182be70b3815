import http, { type RequestListener } from "node:http";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { listen } from "../../../src/gateway/listen.ts";

const loopback = ["127.0.0.1", "::1"];
const settings = { addresses: "KAL_BIND", port: "KAL_PORT" };
const plain = { tls: undefined, settings, onError: () => undefined };
const answerOk: RequestListener = (_, response) => void response.end("ok");

async function hasIpv6(): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host: "::1", port: 0 });
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function get(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

describe("listening", () => {
  it("gives a request a minute to arrive, and its headers a third of that", async () => {
    const servers: http.Server[] = [];
    const created = vi.spyOn(http, "createServer");
    try {
      const { close } = await listen(answerOk, { addresses: ["127.0.0.1"], port: 0, ...plain });
      servers.push(...created.mock.results.map(({ value }) => value as http.Server));
      await close();
    } finally {
      created.mockRestore();
    }
    expect(servers.map(({ requestTimeout, headersTimeout }) => [requestTimeout, headersTimeout])).toEqual([
      [60_000, 20_000],
    ]);
  });

  it("uses one port on every address", async () => {
    const { port, close } = await listen(answerOk, { addresses: loopback, port: 0, ...plain });
    expect(await get(`http://127.0.0.1:${port}/`)).toBe("ok");
    if (await hasIpv6()) expect(await get(`http://[::1]:${port}/`)).toBe("ok");
    await close();
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it("skips an address that this computer does not have", async () => {
    // Reserved for documentation (RFC 5737): no computer has it.
    const { port, close } = await listen(answerOk, {
      addresses: ["192.0.2.1", "127.0.0.1"],
      port: 0,
      ...plain,
    });
    expect(await get(`http://127.0.0.1:${port}/`)).toBe("ok");
    await close();
  });

  it("says what to do if it has none of them", async () => {
    await expect(listen(answerOk, { addresses: ["192.0.2.1"], port: 0, ...plain })).rejects.toThrow(
      /KAL_BIND/,
    );
  });

  it.each([
    ["the same address", "127.0.0.1"],
    ["all addresses", "0.0.0.0"],
  ])("refuses a port that another program has on %s, and says what to do", async (_, host) => {
    const other = http.createServer(answerOk);
    other.listen({ host, port: 0 });
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      await expect(listen(answerOk, { addresses: loopback, port, ...plain })).rejects.toMatchObject({
        code: "EADDRINUSE",
        message: expect.stringMatching(new RegExp(`Port ${port} is already in use.*KAL_PORT`)) as string,
      });
      expect(await get(`http://127.0.0.1:${port}/`)).toBe("ok");
    } finally {
      other.close();
    }
  });

  it("refuses a port on which localhost leads to another program, also where its own address is free", async () => {
    const other = http.createServer(answerOk);
    other.listen({ host: "127.0.0.1", port: 0 });
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      // The first is free on Linux and does not exist on macOS; the second belongs to no computer.
      for (const address of ["127.0.0.2", "192.0.2.1"]) {
        const listening = listen(answerOk, { addresses: [address], port, ...plain });
        await expect(listening).rejects.toMatchObject({ code: "EADDRINUSE" });
      }
    } finally {
      other.close();
    }
  });

  it("closes connections that are idle or never carried a request", async () => {
    const { port, close } = await listen(answerOk, { addresses: loopback, port: 0, ...plain });
    const agent = new http.Agent({ keepAlive: true });
    const idle = http.get({ host: "127.0.0.1", port, agent });
    const [response] = (await once(idle, "response")) as [http.IncomingMessage];
    await once(response.resume(), "end");
    const unused = connect({ host: "127.0.0.1", port });
    await once(unused, "connect");
    const ended = once(unused, "close");
    await close();
    await ended;
    agent.destroy();
  });

  /** Listens, and hands requests to the test as they come. */
  async function listenForOne(options: { finishTimeout?: number } = {}) {
    const requests = http.createServer();
    const arrived = once(requests, "request") as Promise<[http.IncomingMessage, http.ServerResponse]>;
    const listening = await listen((...given) => requests.emit("request", ...given), {
      addresses: loopback,
      port: 0,
      ...plain,
      ...options,
    });
    return { ...listening, arrived, url: `http://127.0.0.1:${listening.port}/` };
  }

  it("lets requests in progress finish before it closes", async () => {
    const { url, arrived, close } = await listenForOne({ finishTimeout: 60_000 });
    const answer = get(url);
    const [, response] = await arrived;
    const closing = close();
    response.end("late");
    expect(await answer).toBe("late");
    await closing;
  });

  it("cuts off a request that takes longer than it is given", async () => {
    const { url, arrived, close } = await listenForOne({ finishTimeout: 1 });
    const answer = get(url).catch(() => "cut off");
    await arrived;
    await close();
    expect(await answer).toBe("cut off");
  });

  it("ends the connection with each answer once it drains, also of requests that came before", async () => {
    const { url, arrived, drain, close } = await listenForOne();
    const connectionOf = async (answer: Promise<Response>) => (await answer).headers.get("connection");
    const early = fetch(url);
    const [, response] = await arrived;
    drain();
    response.end("early");
    expect(await connectionOf(early)).toBe("close");
    await close();
  });

  it("takes requests while it drains", async () => {
    const { port, drain, close } = await listen(answerOk, { addresses: loopback, port: 0, ...plain });
    const connection = async () => (await fetch(`http://127.0.0.1:${port}/`)).headers.get("connection");
    expect(await connection()).toBe("keep-alive");
    drain();
    expect(await connection()).toBe("close");
    await close();
  });
});
