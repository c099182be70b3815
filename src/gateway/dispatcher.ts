/**
 * The pool of outgoing connections, through the organisation's proxy if there is one.
 * @module
 */
import type { ConnectionOptions } from "node:tls";
import { type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { ConfigurationError, type Issue } from "./configuration/issues.ts";
import { readProxies } from "./configuration/proxies.ts";
import { ProxyError } from "./proxy-error.ts";

/** A million documents of a hundred properties take 3 GB; anything larger is not a valid answer. Bytes. */
export const maxAnswerBytes = 4_294_967_296;

/**
 * Creates the dispatcher for all upstream requests. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` apply, in upper or
 * lower case; this computer's own addresses never use a proxy.
 * @param connect how connections to upstreams are made; tests use their own names and certificates.
 * @throws ConfigurationError for an invalid proxy address.
 */
export function createDispatcher(
  environment: Readonly<Record<string, string | undefined>>,
  connect: Pick<ConnectionOptions, "ca" | "lookup"> = {},
  maxResponseSize = maxAnswerBytes,
): Dispatcher {
  const issues: Issue[] = [];
  const { http, https, noProxy } = readProxies(environment, issues);
  if (issues.length > 0) throw new ConfigurationError(issues);
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    maxResponseSize,
    httpProxy: http ?? "",
    httpsProxy: https ?? "",
    noProxy,
    clientFactory: createProxyPool,
  });
}

/**
 * Connections to the proxy itself. undici reports a proxy's refusal only as a sentence; we turn it into an error that
 * says who refused what.
 */
function createProxyPool(proxy: URL, options: object): Dispatcher {
  const pool = new Pool(proxy.origin, options);
  const connect: (request: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> =
    pool.connect.bind(pool);
  const connectOrTell = async (request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const asked = { proxy: proxy.host, target: request.path, isNamed: proxy.username !== "" };
    let answer: Dispatcher.ConnectData;
    try {
      answer = await connect(request);
    } catch (error) {
      throw new ProxyError({ ...asked, cause: error });
    }
    const { statusCode: status, headers, socket } = answer;
    if (status === 200) return answer;
    socket.on("error", () => undefined).destroy();
    throw new ProxyError({ ...asked, status, challenge: headers["proxy-authenticate"] });
  };
  return Object.assign(pool, { connect: connectOrTell });
}
