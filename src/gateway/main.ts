/**
 * Starts the gateway from its configuration.
 * @module
 */
import path from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import type { Credentials, Environment } from "../kalibrate/environments.ts";
import { type Configuration, readConfiguration } from "./configuration.ts";
import type { Pause } from "./data-api/retry.ts";
import { createDispatcher } from "./dispatcher.ts";
import { listen } from "./listen.ts";
import { openAudit } from "./observe/audit.ts";
import { createLog, type Log } from "./observe/log.ts";
import type { Metrics } from "./observe/metrics.ts";
import { startMetricsServer } from "./observe/metrics-server.ts";
import { buildServer } from "./server.ts";
import { createServices } from "./services.ts";
import { createFileStore } from "./store/file-store.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { connectRedis } from "./store/redis-connection.ts";
import { createRedisStore } from "./store/redis-store.ts";
import type { Store } from "./store/store.ts";
import { version } from "./version.ts";

export interface GatewayOptions {
  /** Such as `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** An environment with its own credentials, so that one click connects. */
  readonly sampleEnvironment?: Environment & { readonly credentials: Credentials };
  /** Dispatcher for upstream requests; tests use it to map host names. */
  readonly dispatcher?: Dispatcher;
  /** Target of the log; default: standard output. */
  readonly log?: DestinationStream;
  /** Target of audit events without a file; default: standard output. */
  readonly audit?: Writable;
  /** Folder of the built add-in; default: `addin` beside the service's own. */
  readonly addinFolder?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How to wait between two attempts at the Data API. */
  readonly pause?: Pause;
}

export interface Gateway {
  /** The public origin. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The port of `/metrics`; undefined where there is none. */
  readonly metricsPort: number | undefined;
  /** Stops: reports that it is not ready, then lets requests in progress finish within the pull deadline. */
  close(): Promise<void>;
}

/** Time to send the answer after the pull deadline. Milliseconds. */
const sendMs = 10_000;

/**
 * Starts the service.
 * @throws ConfigurationError naming every issue; Error with what to do if the port is in use.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { environment, now = () => Date.now() } = options;
  const configuration = readConfiguration(
    environment,
    options.sampleEnvironment ? [options.sampleEnvironment] : [],
  );
  const log = createLog(configuration.logLevel, options.log);
  const dispatcher = options.dispatcher ?? createDispatcher(environment);
  const audit = openAudit({ settings: configuration.audit, log, now, output: options.audit });
  const store = await openStore(configuration, now, log);
  // A separate connection, so that sessions do not wait behind large answers.
  const { redisUrl } = configuration;
  const redis = redisUrl === undefined ? undefined : await connectRedis({ url: redisUrl, log });
  const services = createServices({
    configuration,
    environment,
    dispatcher,
    store,
    redis,
    pause: options.pause,
    now,
    log,
  });
  services.metrics.auditLosses(() => audit.losses);
  const addinFolder = options.addinFolder ?? path.join(import.meta.dirname, "../addin");
  const app = await buildServer({ configuration, services, audit, log, addinFolder });
  await app.ready();

  const closeParts = async () => {
    await app.close();
    // Requests still in flight have no caller any more.
    if (dispatcher !== options.dispatcher) await dispatcher.destroy();
    redis?.close();
    await store.close();
    await audit.close();
  };
  const { bind, port, tls, origin, metricsPort, metricsBind, stopDelay, pullTimeout } = configuration;
  try {
    const listening = await listen((request, response) => app.routing(request, response), {
      addresses: bind,
      port,
      tls,
      requestTimeout: pullTimeout * 1000 + 60_000,
      finishTimeout: pullTimeout * 1000 + sendMs,
      settings: { addresses: "KAL_BIND", port: "KAL_PORT" },
      onError: (error) => log.error({ error }, "trouble with listening"),
    });
    const { metrics: counted, readiness } = services;
    const metrics = await startMetrics(counted, metricsPort, metricsBind, log).catch(
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
        readiness.stop();
        listening.drain();
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
  metrics: Metrics,
  port: number | undefined,
  addresses: readonly string[],
  log: Log,
) {
  return port === undefined ? undefined : startMetricsServer({ addresses, port, metrics, log });
}
