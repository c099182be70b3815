/**
 * Answers only under its own names: a foreign name that resolves to this computer (DNS rebinding) gets nothing.
 * @module
 */
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";

/** Under which names requests may ask for this service. */
export interface OwnNames {
  readonly origins: ReadonlySet<string>;
  /** Names with their ports, as in a `Host` header. */
  readonly hosts: ReadonlySet<string>;
}

/** Ways in of which the names are remembered: ports that are listened on, by http or https. */
const maxOrigins = 8;

/**
 * The names of this service: this computer's with the port on which the request came in, and the configured one.
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

/** As a trusted proxy says it; where it says neither http nor https, as the connection to us is. */
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
  // Some clients write the scheme's own port: `kal.example.com:443` is `kal.example.com` over https.
  const hosts = (url: URL) => [url.host, `${url.hostname}:${url.port || defaultPorts[url.protocol]}`];
  return {
    origins: new Set(urls.flatMap((url) => hosts(url).map((host) => `${url.protocol}//${host}`))),
    hosts: new Set(urls.flatMap(hosts)),
  };
}

export function allowedHosts(ownNames: (request: FastifyRequest) => OwnNames): onRequestHookHandler {
  return (request, reply, done) => {
    // A probe asks by an address that the platform gave, and learns nothing.
    if (request.routeOptions.config?.anyHost === true) return done();
    const [host, second] = (request.raw.headersDistinct["host"] ?? []).map((name) => name.toLowerCase());
    // Of two names a proxy may have believed the other one (RFC 9112, 3.2).
    if (host !== undefined && second === undefined && ownNames(request).hosts.has(host)) return done();
    reply.code(421);
    done(
      new KalError("KAL_REQUEST_INVALID", { message: "This service does not answer under this host name." }),
    );
  };
}
