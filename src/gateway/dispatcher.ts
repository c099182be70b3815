/**
 * The way out: a pool of connections, through the organisation's proxy where there is one.
 * @module
 */
import type { ConnectionOptions } from "node:tls";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";

/** A million documents of a hundred properties take 3 GB; what is larger than this is no answer. Bytes. */
const largestAnswer = 4_294_967_296;

/**
 * Makes the dispatcher for all upstream requests. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` count, in either
 * case; this computer's own addresses never go through a proxy.
 * @param connect how connections to upstreams are made; tests bring names and certificates of their own.
 */
export function createDispatcher(
  environment: Readonly<Record<string, string | undefined>>,
  connect: Pick<ConnectionOptions, "ca" | "lookup"> = {},
  maxResponseSize = largestAnswer,
): Dispatcher {
  const value = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? "";
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    maxResponseSize,
    httpProxy: value("HTTP_PROXY"),
    httpsProxy: value("HTTPS_PROXY"),
    noProxy: [value("NO_PROXY"), "localhost", "127.0.0.1", "[::1]"].filter(Boolean).join(","),
  });
}
