/**
 * Listens on several addresses with one port, for the application and for the metrics.
 *
 * Fastify's `app.listen` accepts one address. For the name `localhost` alone it opens a second server, and it starts
 * without that if another program has the port: then half of the callers would reach the other program.
 * @module
 */
import { once } from "node:events";
import http, { type RequestListener, type Server, type ServerResponse } from "node:http";
import https from "node:https";
import { type AddressInfo, connect } from "node:net";
import { isLoopbackAddress } from "./destinations.ts";

export interface ListenOptions {
  readonly addresses: readonly string[];
  /** 0 chooses a free one, the same on every address. */
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /**
   * Time for a request to arrive completely; default: one minute. If a body is read only when it is the request's
   * turn, this must exceed the longest wait. Milliseconds.
   */
  readonly requestTimeout?: number;
  /** Time that `close` gives to requests in progress; default: one second. Milliseconds. */
  readonly finishTimeout?: number;
  /** Names of the settings for addresses and port, for error messages. */
  readonly settings: { readonly addresses: string; readonly port: string };
  /** Called with errors of a listening server, such as a lack of file handles. */
  readonly onError: (error: Error) => void;
}

export interface Listening {
  readonly port: number;
  /** From now on every answer closes its connection, so that clients and proxies open the next one elsewhere. */
  readonly drain: () => void;
  /** Drains, accepts no new connections, lets requests in progress finish, and cuts them off after `finishTimeout`. */
  readonly close: () => Promise<void>;
}

interface Ending {
  readonly drain: () => void;
  readonly close: () => Promise<void>;
}

/** A machine without IPv6 (or without IPv4) has only some of the default addresses. */
const notHere = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/** Number of attempts to find a port that is free on every address. */
const attempts = 10;

/**
 * Listens.
 * @throws Error with what to do if the port is in use or no address can be used.
 */
export async function listen(handler: RequestListener, options: ListenOptions): Promise<Listening> {
  if (options.port !== 0) await refuseTakenPort(options);
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnce(handler, options);
    } catch (error) {
      const isTaken = codeOf(error) === "EADDRINUSE";
      if (isTaken && options.port === 0 && attempt < attempts) continue;
      throw isTaken ? takenPort(options) : error;
    }
  }
}

async function listenOnce(
  handler: RequestListener,
  { addresses, port, tls, requestTimeout = 60_000, finishTimeout = 1000, settings, onError }: ListenOptions,
): Promise<Listening> {
  const endings: Ending[] = [];
  const closeAll = async () => {
    await Promise.all(endings.map(({ close }) => close()));
  };
  let bound = port;
  try {
    for (const host of addresses) {
      const server = createServer(handler, tls, requestTimeout);
      try {
        server.listen({ host, port: bound, exclusive: true });
        await once(server, "listening");
      } catch (error) {
        if (notHere.has(codeOf(error))) continue;
        throw error;
      }
      bound = (server.address() as AddressInfo).port;
      server.on("error", onError);
      endings.push(createEnding(server, finishTimeout));
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  if (endings.length === 0) {
    throw new Error(
      `None of the addresses ${addresses.join(", ")} is one of this computer. Set ${settings.addresses} to one that is.`,
    );
  }
  return {
    port: bound,
    drain: () => {
      for (const { drain } of endings) drain();
    },
    close: closeAll,
  };
}

function createServer(handler: RequestListener, tls: ListenOptions["tls"], requestTimeout: number): Server {
  const limits = {
    requestTimeout,
    // A client that sends headers byte by byte cannot hold a connection for long; for bodies see hooks/concurrency.ts.
    headersTimeout: 20_000,
    // Longer than the usual idle time-out of load balancers (60 s), so that they never use a closing connection.
    keepAliveTimeout: 65_000,
  };
  return tls
    ? https.createServer({ ...limits, ...tls, minVersion: "TLSv1.2" }, handler)
    : http.createServer(limits, handler);
}

/**
 * Node's own `close` waits for connections that never carried a request, so we count the busy ones ourselves. It also
 * keeps connections alive that may close during the next request.
 */
function createEnding(server: Server, finishTimeout: number): Ending {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  let closing = false;
  const cutWhenQuiet = () => {
    if (closing && underWay.size === 0) server.closeAllConnections();
  };
  const endConnection = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader("connection", "close");
  };
  const drain = () => {
    draining = true;
    underWay.forEach(endConnection);
  };
  // Before the application's own listener, which may answer at once.
  server.prependListener("request", (_request, response: ServerResponse) => {
    underWay.add(response);
    if (draining) endConnection(response);
    response.once("close", () => {
      underWay.delete(response);
      cutWhenQuiet();
    });
  });
  return {
    drain,
    close: async () => {
      drain();
      closing = true;
      const closed = once(server, "close");
      server.close();
      cutWhenQuiet();
      const cutOff = setTimeout(() => server.closeAllConnections(), finishTimeout);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/**
 * On macOS and Windows an address can be bound although another program listens on all addresses. Then some clients
 * would reach us and others that program, which may belong to another user. So a port that answers counts as taken.
 */
async function refuseTakenPort(options: ListenOptions): Promise<void> {
  const { addresses, port } = options;
  // Always check localhost, because that is the address that people get.
  const hosts = new Set(["127.0.0.1", "::1", ...addresses.filter(isLoopbackAddress)]);
  const answers = await Promise.all([...hosts].map((host) => isAnswering(host, port)));
  if (answers.includes(true)) throw takenPort(options);
}

function isAnswering(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (answering: boolean) => {
      socket.destroy();
      resolve(answering);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
    socket.setTimeout(2_000, () => settle(false));
  });
}

function takenPort({ port, settings }: ListenOptions): Error {
  const message =
    `Port ${port} is already in use. Stop the program that uses it (is KAL running already?), ` +
    `or choose another port with ${settings.port}.`;
  return Object.assign(new Error(message), { code: "EADDRINUSE" });
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}
