/**
 * The gateway: configuration in, running service out.
 * @module
 */
import path from "node:path";
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import type { Credentials, Environment } from "../kalibrate/environments.ts";
import { type Configuration, readConfiguration } from "./configuration.ts";
import { createDataApiClient } from "./data-api/client.ts";
import type { Services } from "./decorations.ts";
import { createDispatcher } from "./dispatcher.ts";
import { createEnvironments } from "./environments.ts";
import { listen } from "./listen.ts";
import { createLog, type Log } from "./observe/log.ts";
import { buildServer } from "./server.ts";
import { createCredentialKey } from "./sessions/credential-key.ts";
import { createSessions } from "./sessions/sessions.ts";
import { createFileStore } from "./store/file-store.ts";
import { createMemoryStore } from "./store/memory-store.ts";
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
}

export interface Gateway {
  /** The origin by which people reach it. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Stops: requests under way may finish first. */
  close(): Promise<void>;
}

/**
 * Starts the service.
 * @throws ConfigurationError naming every mistake; Error when the port is taken, saying what to do.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { environment, sampleEnvironment, now = Date.now } = options;
  const configuration = readConfiguration(environment);
  const log = createLog(configuration.logLevel, options.log);
  const dispatcher = options.dispatcher ?? createDispatcher(environment);
  const store = await openStore(configuration, now, log);
  const services = compose(configuration, sampleEnvironment, dispatcher, store, now, log);
  const addinFolder = options.addinFolder ?? path.join(import.meta.dirname, "../addin");
  const app = await buildServer({ services, log, addinFolder });

  const closeParts = async () => {
    await app.close();
    await store.close();
    if (dispatcher !== options.dispatcher) await dispatcher.close();
  };
  const { bind, port, tls, origin } = configuration;
  try {
    const listening = await listen((request, response) => app.routing(request, response), {
      addresses: bind,
      port,
      tls,
      onError: (error) => log.error({ error }, "trouble with listening"),
    });
    const url = origin ?? new URL(`${tls ? "https" : "http"}://localhost:${listening.port}`).origin;
    log.info({ url, version }, "listening");
    return {
      url,
      port: listening.port,
      close: async () => {
        await listening.close();
        await closeParts();
        log.info("stopped");
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}

function openStore({ sessionFile }: Configuration, now: () => number, log: Log): Promise<Store> | Store {
  return sessionFile === undefined
    ? createMemoryStore(now)
    : createFileStore({ file: sessionFile, now, log });
}

function compose(
  configuration: Configuration,
  sampleEnvironment: Environment | undefined,
  dispatcher: Dispatcher,
  store: Store,
  now: () => number,
  log: Log,
): Services {
  const { cacheKey, tokenTimeout, apiTimeout, pageTimeout } = configuration;
  const environments = createEnvironments({
    ...configuration,
    // The configured ones come last, so that they can replace it.
    environments: [...(sampleEnvironment ? [sampleEnvironment] : []), ...configuration.environments],
  });
  const credentialKey = createCredentialKey(cacheKey);
  const acquire = createEntraClient({ dispatcher, timeout: tokenTimeout * 1000, log, now });
  const tokenService = createTokenService({ acquire, credentialKey, log, now });
  const timeouts = { silence: apiTimeout * 1000, answer: pageTimeout * 1000 };
  return {
    configuration,
    environments,
    sessions: createSessions({ store, environments, now }),
    tokenService,
    dataApi: createDataApiClient({ dispatcher, tokenService, userAgent, log, timeouts, now }),
    ownerOf: (connection) => `${credentialKey(connection)} ${connection.environment.apiBaseUrl}`,
    now,
  };
}
