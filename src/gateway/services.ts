/**
 * Creates the parts of the service. The server passes to each route those that it needs.
 * @module
 */
import type { Dispatcher } from "undici";
import type { Environment } from "../kalibrate/environments.ts";
import { createSteadyClock, type SteadyClock } from "../kalibrate/steady-clock.ts";
import { type AnswerMemory, createAnswerMemory } from "./answer-memory.ts";
import type { Configuration } from "./configuration.ts";
import { createDataApiClient, type DataApiClient } from "./data-api/client.ts";
import { type Pause, pause as keepPause } from "./data-api/retry.ts";
import { createEnvironments, type Environments } from "./environments.ts";
import type { Log } from "./observe/log.ts";
import { measureTokenRequests } from "./observe/measure-token-requests.ts";
import { createMetrics, type Metrics } from "./observe/metrics.ts";
import { type AsOf, createAsOf } from "./answers/as-of.ts";
import { createLookUp, type LookUp } from "./answers/lookup.ts";
import { createMarket, type MakeMarket } from "./answers/market.ts";
import { createAnswerContexts, type MakeAnswerContext } from "./answers/context.ts";
import { createReadiness, type Readiness } from "./readiness.ts";
import { createConnectGuard, type ConnectGuard } from "./sessions/connect-guard.ts";
import type { Connection } from "./sessions/connection.ts";
import { createCredentialKey, type CredentialKey } from "./sessions/credential-key.ts";
import {
  createOrganisationConnections,
  type OrganisationConnections,
} from "./sessions/organisation-connections.ts";
import { createSessions, type Sessions } from "./sessions/sessions.ts";
import { createTokenCheck } from "./sign-in/access-token.ts";
import { createSignIn, type SignIn } from "./sign-in/sign-in.ts";
import { createSigningKeys } from "./sign-in/signing-keys.ts";
import { createReplicas } from "./shared/replicas.ts";
import { createSharedAnswers } from "./shared/shared-answers.ts";
import type { RedisConnection } from "./store/redis-connection.ts";
import type { Store } from "./store/store.ts";
import { createEntraClient } from "./token-service/entra-client.ts";
import { createTokenService, type TokenService } from "./token-service/token-service.ts";
import { tryHeldSecrets } from "./token-service/try-held-secrets.ts";
import { userAgent, version } from "./version.ts";

export interface Services {
  readonly environments: Environments;
  readonly organisation: OrganisationConnections;
  readonly sessions: Sessions;
  /** Undefined if analysts cannot sign in. */
  readonly signIn: SignIn | undefined;
  readonly guardConnect: ConnectGuard;
  readonly credentialKey: CredentialKey;
  readonly tokenService: TokenService;
  readonly dataApi: DataApiClient;
  readonly contextFor: MakeAnswerContext;
  readonly lookUp: LookUp;
  readonly asOf: AsOf;
  readonly market: MakeMarket;
  /** The memory of answers under way. */
  readonly answerMemory: AnswerMemory;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** For ages and waits. */
  readonly steady: SteadyClock;
}

export interface Surroundings {
  /** How to wait between two attempts at the Data API. */
  readonly pause?: Pause | undefined;
  readonly configuration: Configuration;
  /** Such as `process.env`; secrets may be read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dispatcher: Dispatcher;
  readonly store: Store;
  /** Where replicas share answers; undefined if this is the only one. */
  readonly redis?: RedisConnection | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export function createServices(surroundings: Surroundings): Services {
  const { configuration, environment, dispatcher, store, redis, now, log, pause = keepPause } = surroundings;
  const { cacheKey, previousCacheKey, failedConnects, tokenTimeout, apiTimeout, pageTimeout } = configuration;
  const environments = createEnvironments(configuration);
  const steady = createSteadyClock(now, () => performance.now());
  const credentialKey = createCredentialKey(cacheKey);
  const metrics = createMetrics(version);
  // Base URLs can be typed; a label for each would make the metrics grow without limit.
  const label = (environment: Environment) =>
    environments.find(environment.id) === environment ? environment.id : "other";
  const acquire = measureTokenRequests(
    createEntraClient({ dispatcher, timeout: tokenTimeout * 1000, log, now }),
    (environment, outcome, seconds) => metrics.tokenRequest(label(environment), outcome, seconds),
  );
  const tokenService = createTokenService({
    acquire: tryHeldSecrets(acquire),
    credentialKey,
    log,
    now: steady,
  });
  const organisation = createOrganisationConnections({
    settings: configuration.connections,
    variables: environment,
    log,
    onServe: metrics.secretServes,
  });
  const { signIn, typedCredentials } = configuration;
  const sessions = createSessions({
    store,
    environments,
    organisation,
    typedCredentials,
    credentialKey,
    now,
  });
  metrics.sessions(() => sessions.count());
  const budget = configuration.answerMemory * 1_048_576;
  const memory = {
    answers: createAnswerMemory(budget * 0.75),
    references: createAnswerMemory(budget * 0.25),
  };
  metrics.answerMemory(() => memory.answers.used + memory.references.used);
  const ownerOf = nameOwners(credentialKey);
  const dataApi = createDataApiClient({
    dispatcher,
    tokenService,
    ownerOf,
    userAgent,
    log,
    timeouts: { silence: apiTimeout * 1000, answer: pageTimeout * 1000 },
    now,
    steady,
    pause,
    measure: (environment, outcome, seconds) => metrics.upstream(label(environment), outcome, seconds),
    onBreakerChange: (environment, state, before) => metrics.breaker(label(environment), state, before),
  });
  const asOf = createAsOf(steady);
  return {
    environments,
    organisation,
    sessions,
    signIn:
      signIn &&
      createSignIn({
        check: createTokenCheck({
          settings: signIn,
          key: createSigningKeys({
            settings: signIn,
            dispatcher,
            timeout: tokenTimeout * 1000,
            log,
            now: steady,
          }),
          now,
        }),
        sessions,
        organisation,
        contact: signIn.contact,
        now,
        steady,
      }),
    tokenService,
    credentialKey,
    guardConnect: createConnectGuard({
      credentialKey,
      failuresPerAddress: failedConnects,
      pause,
      now: steady,
    }),
    dataApi,
    contextFor: createAnswerContexts({
      dataApi,
      memory,
      ownerOf,
      formerOwnerOf: previousCacheKey && nameOwners(createCredentialKey(previousCacheKey)),
      now,
      steady,
      hidePersonalData: configuration.personalData === "hide",
      shared: createSharedAnswers({
        now,
        steady,
        replicas: redis && createReplicas(redis, configuration, steady),
        onGet: metrics.sharedAnswer,
      }),
      keepFor: configuration.maxAge,
    }),
    lookUp: createLookUp(steady),
    asOf,
    market: createMarket(steady, asOf),
    answerMemory: memory.answers,
    metrics,
    readiness: createReadiness(store, log),
    steady,
  };
}

/** The owner of the data that a connection reads. */
function nameOwners(credentialKey: CredentialKey) {
  return (connection: Connection) => `${credentialKey(connection)} ${connection.environment.apiBaseUrl}`;
}
