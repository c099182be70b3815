/**
 * What routes find on the application and on a request.
 * @module
 */
import type { SteadyClock } from "../kalibrate/steady-clock.ts";
import type { DataApiClient } from "./data-api/client.ts";
import type { Configuration } from "./configuration.ts";
import type { Environments } from "./environments.ts";
import type { Metrics } from "./observe/metrics.ts";
import type { Readiness } from "./readiness.ts";
import type { ConnectGuard } from "./sessions/connect-guard.ts";
import type { Connection } from "./sessions/connection.ts";
import type { CredentialKey } from "./sessions/credential-key.ts";
import type { Access } from "./hooks/access.ts";
import type { MakePullContext } from "./pulls/pull-contexts.ts";
import type { Session, Sessions } from "./sessions/sessions.ts";
import type { TokenService } from "./token-service/token-service.ts";

/** The parts behind the routes. */
export interface Services {
  readonly configuration: Configuration;
  readonly environments: Environments;
  readonly sessions: Sessions;
  readonly tokenService: TokenService;
  readonly dataApi: DataApiClient;
  readonly credentialKey: CredentialKey;
  readonly guardConnect: ConnectGuard;
  /** Whose data a connection reads, as a key for caches: nothing is shared between two credentials. */
  readonly ownerOf: (connection: Connection) => string;
  readonly pullContext: MakePullContext;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** For ages and waits. */
  readonly steady: SteadyClock;
}

declare module "fastify" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the way to add to another module's type
  interface FastifyInstance extends Services {}

  interface FastifyRequest {
    /** The session of the request's ticket. Reading it on a public route is an error. */
    session: Session;
    /** Aborts when the caller goes away before the answer is sent, or the time for the whole call is up. */
    callerSignal: AbortSignal;
    /** Cuts the caller off who reads nothing of the answer; refreshed with every piece that is read. */
    readTimer: NodeJS.Timeout | undefined;
    /** Code of the error that was answered, for the log. */
    errorCode: string | undefined;
  }

  interface FastifyContextConfig {
    /** What a route asks for less than a living ticket; see hooks/access.ts. */
    access?: Access;
    /** True for what ends the session; see hooks/access.ts. */
    endsSession?: true;
    /** False for what must not wait behind pulls; see hooks/concurrency.ts. */
    queued?: false;
    /** True for what pages of any origin may fetch. */
    anyOrigin?: boolean;
    /** Answered under whatever host name. */
    anyHost?: boolean;
  }
}
