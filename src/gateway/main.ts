/**
 * The gateway: configuration in, running service out.
 * @module
 */
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import type { Credentials, Environment } from "../kalibrate/environments.ts";
import { createAnswerMemory } from "./answer-memory.ts";
import { type Configuration, readConfiguration } from "./configuration.ts";
import { createDataApiClient } from "./data-api/client.ts";
import { type Pause, pause } from "./data-api/retry.ts";
import type { Services } from "./decorations.ts";
import { createSteadyClock } from "../kalibrate/steady-clock.ts";
import { createDispatcher } from "./dispatcher.ts";
import { createEnvironments } from "./environments.ts";
import { listen } from "./listen.ts";
import { createLog, type Log } from "./observe/log.ts";
import { measureTokenRequests } from "./observe/measure-token-requests.ts";
import { createMetrics } from "./observe/metrics.ts";
import { startMetricsServer } from "./observe/metrics-server.ts";
import { createPullContexts } from "./pulls/pull-contexts.ts";
import { createReadiness } from "./readiness.ts";
import { buildServer } from "./server.ts";
import type { Connection } from "./sessions/connection.ts";
import { createConnectGuard } from "./sessions/connect-guard.ts";
import { createCredentialKey } from "./sessions/credential-key.ts";
import { createSessions } from "./sessions/sessions.ts";
import { createFileStore } from "./store/file-store.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { createRedisStore } from "./store/redis-store.ts";
import type { Store } from "./store/store.ts";
import { createEntraClient } from "./token-service/entra-client.ts";
import { createTokenService } from "./token-service/token-service.ts";
import { userAgent, version } from "./version.ts";

export interface GatewayOptions {
  /** Such as `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** An environment that brings its credentials along, so that one click connects. */
  readonly sampleEnvironment?: Environment & { readonly credentials: Credentials };
  /** The way to the upstreams; tests map host names with it. */
  readonly dispatcher?: Dispatcher;
  /** Where the log goes; standard output by default. */
  readonly log?: DestinationStream;
  /** Folder of the built add-in; `addin` beside the service's own by default. */
  readonly addinFolder?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How pauses between two attempts at the Data API are kept. */
  readonly pause?: Pause;
}

export interface Gateway {
  /** The origin by which people reach it. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The port of `/metrics`; undefined where there is none. */
  readonly metricsPort: number | undefined;
  /** Stops: says so to whoever asks for readiness, then lets requests under way finish, for ten seconds at most. */
  close(): Promise<void>;
}

/**
 * Starts the service.
 * @throws ConfigurationError naming every mistake; Error when the port is taken, saying what to do.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { environment, now = () => Date.now() } = options;
  const configuration = readConfiguration(environment);
  const log = createLog(configuration.logLevel, options.log);
  const dispatcher = options.dispatcher ?? createDispatcher(environment);
  const store = await openStore(configuration, now, log);
  const services = compose({ ...options, configuration, dispatcher, store, now, log });
  const addinFolder = options.addinFolder ?? path.join(import.meta.dirname, "../addin");
  const app = await buildServer({ services, log, addinFolder });
  await app.ready();

  const closeParts = async () => {
    await app.close();
    // Requests still in flight have no caller any more.
    if (dispatcher !== options.dispatcher) await dispatcher.destroy();
    await store.close();
  };
  const { bind, port, tls, origin, metricsPort, metricsBind, stopDelay, pullTimeout } = configuration;
  try {
    const listening = await listen((request, response) => app.routing(request, response), {
      addresses: bind,
      port,
      tls,
      requestTimeout: pullTimeout * 1000 + 60_000,
      settings: { addresses: "KAL_BIND", port: "KAL_PORT" },
      onError: (error) => log.error({ error }, "trouble with listening"),
    });
    const metrics = await startMetrics(services, metricsPort, metricsBind, log).catch(
      async (error: unknown) => {
        await listening.close();
        throw error;
      },
    );
    const url = origin ?? new URL(`${tls ? "https" : "http"}://localhost:${listening.port}`).origin;
    log.info({ url, version }, "listening");
    return {
      url,
      port: listening.port,
      metricsPort: metrics?.port,
      close: async () => {
        services.readiness.stop();
        await delay(stopDelay * 1000);
        await listening.close();
        await metrics?.close();
        await closeParts();
        log.info("stopped");
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}

async function openStore(
  { redisUrl, sessionFile }: Configuration,
  now: () => number,
  log: Log,
): Promise<Store> {
  if (redisUrl !== undefined) return createRedisStore({ url: redisUrl, now, log });
  if (sessionFile !== undefined) return createFileStore({ file: sessionFile, now, log });
  return createMemoryStore(now);
}

async function startMetrics(
  { metrics }: Services,
  port: number | undefined,
  addresses: readonly string[],
  log: Log,
) {
  return port === undefined ? undefined : startMetricsServer({ addresses, port, metrics, log });
}

interface Surroundings extends Pick<GatewayOptions, "sampleEnvironment" | "pause"> {
  readonly configuration: Configuration;
  readonly dispatcher: Dispatcher;
  readonly store: Store;
  readonly now: () => number;
  readonly log: Log;
}

function compose(surroundings: Surroundings): Services {
  const { configuration, sampleEnvironment, dispatcher, store, now, log } = surroundings;
  const { cacheKey, failedConnects, tokenTimeout, apiTimeout, pageTimeout, pullTimeout } = configuration;
  const environments = createEnvironments({
    ...configuration,
    // The configured ones come last, so that they can replace it.
    environments: [...(sampleEnvironment ? [sampleEnvironment] : []), ...configuration.environments],
  });
  const steady = createSteadyClock(now);
  const credentialKey = createCredentialKey(cacheKey);
  const metrics = createMetrics(version);
  // Base URLs can be typed; a label for each would make the metrics grow without end.
  const label = (one: Environment) => (environments.find(one.id) === one ? one.id : "other");
  const acquire = measureTokenRequests(
    createEntraClient({ dispatcher, timeout: tokenTimeout * 1000, log, now }),
    (one, outcome, seconds) => metrics.tokenRequest(label(one), outcome, seconds),
  );
  const tokenService = createTokenService({ acquire, credentialKey, log, now: steady });
  const budget = configuration.answerMemory * 1_048_576;
  const memory = {
    answers: createAnswerMemory(budget * 0.75),
    references: createAnswerMemory(budget * 0.25),
  };
  metrics.answerMemory(() => memory.answers.used + memory.references.used);
  const ownerOf = (connection: Connection) =>
    `${credentialKey(connection)} ${connection.environment.apiBaseUrl}`;
  const dataApi = createDataApiClient({
    dispatcher,
    tokenService,
    ownerOf,
    userAgent,
    log,
    timeouts: { silence: apiTimeout * 1000, answer: pageTimeout * 1000, total: pullTimeout * 1000 },
    now,
    steady,
    pause: surroundings.pause ?? pause,
    measure: (one, outcome, seconds) => metrics.upstream(label(one), outcome, seconds),
    onBreakerChange: (one, state, before) => metrics.breaker(label(one), state, before),
  });
  return {
    configuration,
    environments,
    sessions: createSessions({ store, environments, credentialKey, now }),
    tokenService,
    credentialKey,
    guardConnect: createConnectGuard({
      credentialKey,
      failuresPerAddress: failedConnects,
      pause: surroundings.pause ?? pause,
      now: steady,
    }),
    dataApi,
    ownerOf,
    pullContext: createPullContexts({
      dataApi,
      memory,
      ownerOf,
      now,
      steady,
      hidePersonalData: configuration.personalData === "hide",
      onReferenceLookup: (hit) => metrics.cacheLookup("references", hit),
    }),
    metrics,
    readiness: createReadiness(store, log),
    steady,
  };
}
