/**
 * Answers only requests for the service's own host names. This stops DNS rebinding, where a foreign name resolves to
 * this computer.
 * @module
 */
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";

/** The host names and origins under which requests may reach this service. */
export interface OwnNames {
  readonly origins: ReadonlySet<string>;
  /** Names with their ports, as in a `Host` header. */
  readonly hosts: ReadonlySet<string>;
}

/** Maximum number of cached ports and protocols that requests come in on. */
const maxOrigins = 8;

/**
 * The names of this service: this computer's names with the port that the request came in on, and the configured
 * origin.
 * @param configured the configured origin.
 */
export function createOwnNames(configured: string | undefined): (request: FastifyRequest) => OwnNames {
  const known = new LRUCache<string, OwnNames, FastifyRequest>({
    max: maxOrigins,
    memoMethod: (_wayIn, _stale, { context }) => namesAt(context, configured),
  });
  return (request) => {
    const wayIn = `${protocolOf(request)}:${request.raw.socket.localPort}`;
    return known.memo(wayIn, { context: request });
  };
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/**
 * The protocol that a trusted proxy reports. If it reports neither http nor https, the protocol of the connection to
 * us.
 */
export function protocolOf({ protocol, raw }: FastifyRequest): "http" | "https" {
  const told = protocol.toLowerCase();
  if (told === "http" || told === "https") return told;
  return "encrypted" in raw.socket ? "https" : "http";
}

function namesAt(request: FastifyRequest, configured: string | undefined): OwnNames {
  const urls = ["localhost", "127.0.0.1", "[::1]"].map(
    (name) => new URL(`${protocolOf(request)}://${name}:${request.raw.socket.localPort}`),
  );
  if (configured !== undefined) urls.push(new URL(configured));
  // Some clients write the default port: `kal.example.com:443` is `kal.example.com` over https.
  const hosts = (url: URL) => [url.host, `${url.hostname}:${url.port || defaultPorts[url.protocol]}`];
  return {
    origins: new Set(urls.flatMap((url) => hosts(url).map((host) => `${url.protocol}//${host}`))),
    hosts: new Set(urls.flatMap(hosts)),
  };
}

export function allowedHosts(ownNames: (request: FastifyRequest) => OwnNames): onRequestHookHandler {
  return (request, reply, done) => {
    // Health probes use an IP address chosen by the platform; the answer tells them nothing.
    if (request.routeOptions.config?.anyHost === true) return done();
    const [host, second] = (request.raw.headersDistinct["host"] ?? []).map((name) => name.toLowerCase());
    // With two Host headers a proxy may have used the other one (RFC 9112, 3.2).
    if (host !== undefined && second === undefined && ownNames(request).hosts.has(host)) return done();
    reply.code(421);
    done(
      new KalError("KAL_REQUEST_INVALID", { message: "This service does not answer under this host name." }),
    );
  };
}
