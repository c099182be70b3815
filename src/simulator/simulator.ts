/**
 * A local Data API with its identity provider and sample data, for a first run without credentials and for tests.
 * @module
 */
import Fastify, { type FastifyInstance } from "fastify";
import type { Credentials, Environment } from "../kalibrate/environments.ts";
import { type ClientName, clients } from "./clients.ts";
import { tenant } from "./customer.ts";
import { registerDataApi } from "./data-api.ts";
import { workFaultsInto } from "./fault-hooks.ts";
import type { Fault } from "./fault.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIdentityProvider } from "./identity-provider.ts";
import { type LoggedRequest, logRequests } from "./request-log.ts";
import { createSampleData } from "./sample/sample-data.ts";

export interface SimulatorOptions {
  /** Port on 127.0.0.1; default 0: a free one. */
  readonly port?: number;
  /** Number of own sites; there are four times as many competitor sites. Default 250. */
  readonly ownSites?: number;
  /** Another seed gives another retailer; the same seed gives the same bytes (at the same moment). */
  readonly seed?: number;
  /** The clock that dates tokens. The sample data is as of its time at the start. */
  readonly now?: () => Date;
  /** Faults that are active from the start. */
  readonly faults?: readonly Fault[];
  /** An answer has a `null` after every `nullEvery` documents; 0 for none. Default 250. */
  readonly nullEvery?: number;
}

export interface Simulator {
  /** `http://127.0.0.1:{port}`: the identity provider's origin. */
  readonly origin: string;
  /** `{origin}/api`. */
  readonly apiBaseUrl: string;
  /** The `sample` environment, with public credentials. */
  readonly environment: Environment & { readonly tenant: string; readonly credentials: Credentials };
  /** The credentials of all clients: the sample's, one with an expired secret, and one without read access. */
  readonly credentials: Readonly<Record<ClientName, Credentials>>;
  /** The newest 10,000 requests since the start or the last `clearRequests`, in order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** Faults can be switched on and off at run time. */
  readonly faults: Faults;
  clearRequests(): void;
  /** Closes all connections and frees the port. */
  close(): Promise<void>;
}

/** Starts a simulator that listens on 127.0.0.1 only. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, ownSites = 250, seed = 1, now = () => new Date(), nullEvery = 250 } = options;
  const requests: LoggedRequest[] = [];
  const faults = createFaults(options.faults);
  const identityProvider = await createIdentityProvider(now, faults);
  const data = createSampleData(seed, ownSites, now().getTime());

  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
  });
  acceptForms(app);
  logRequests(app, requests);
  workFaultsInto(app, faults);
  identityProvider.register(app);
  await app.register(
    (api, _, done) => {
      registerDataApi(api, { data, identityProvider, faults, nullEvery });
      done();
    },
    { prefix: "/api" },
  );
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ statusCode: 404, message: "Resource not found." }),
  );
  const origin = await app.listen({ host: "127.0.0.1", port });

  return {
    origin,
    apiBaseUrl: `${origin}/api`,
    environment: {
      id: "sample",
      label: "Sample data",
      apiBaseUrl: `${origin}/api`,
      authority: origin,
      tenant,
      credentials: clients.sample.credentials,
    },
    credentials: {
      sample: clients.sample.credentials,
      expired: clients.expired.credentials,
      withoutAccess: clients.withoutAccess.credentials,
    },
    requests,
    faults,
    clearRequests() {
      requests.length = 0;
    },
    close: () => app.close(),
  };
}

/** Reads forms. Any other body counts as an empty form, which the token endpoint refuses. */
function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
  app.addContentTypeParser("*", { parseAs: "string" }, (_, _body, done) => {
    done(null, new URLSearchParams());
  });
}
