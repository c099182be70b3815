/**
 * The HTTP application: its hooks in order, then its routes.
 * @module
 */
import { randomUUID } from "node:crypto";
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { quoteLongNumbers } from "../kalibrate/documents/read-json.ts";
import { compileAnswers } from "./compile-answers.ts";
import type { Configuration } from "./configuration.ts";
import { answerError, answerNotFound } from "./error-answer.ts";
import { access } from "./hooks/access.ts";
import { allowedHosts, createOwnNames } from "./hooks/allowed-hosts.ts";
import { allowedOrigins } from "./hooks/allowed-origins.ts";
import { callerSignal, endWithCaller } from "./hooks/caller-signal.ts";
import { auditRequests } from "./hooks/audit.ts";
import { limitConcurrency } from "./hooks/concurrency.ts";
import { rateLimits } from "./hooks/rate-limits.ts";
import { requestLog } from "./hooks/request-log.ts";
import type { Audit } from "./observe/audit.ts";
import type { Log } from "./observe/log.ts";
import { measureRequests } from "./observe/measure-requests.ts";
import { asOfRoute } from "./routes/as-of.ts";
import { batchRoute } from "./routes/batch.ts";
import { catalogueRoute } from "./routes/catalogue.ts";
import { connectionsRoute } from "./routes/connections.ts";
import { environmentsRoute } from "./routes/environments.ts";
import { fieldsRoute } from "./routes/fields.ts";
import { healthRoutes } from "./routes/health.ts";
import { lookupRoute } from "./routes/lookup.ts";
import { marketRoute } from "./routes/market.ts";
import { describeApi, openapiRoute } from "./routes/openapi.ts";
import { meRoute } from "./routes/me.ts";
import { pages } from "./routes/pages.ts";
import { queryRoute } from "./routes/query.ts";
import { recordsRoute } from "./routes/records.ts";
import { sessionRoutes } from "./routes/session.ts";
import { describeSignIn, signInRoutes } from "./routes/sign-in.ts";
import { statusRoute } from "./routes/status.ts";
import { summaryRoute } from "./routes/summary.ts";
import { securityHeaders } from "./security-headers.ts";
import type { Services } from "./services.ts";

export interface ServerOptions {
  readonly configuration: Configuration;
  readonly services: Services;
  readonly audit: Audit;
  readonly log: Log;
  /** Folder of the built add-in. */
  readonly addinFolder: string;
}

/** Builds the application without listening; await `ready()` before use. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { configuration, services, audit, log, addinFolder } = options;
  const { sessions, credentialKey, steady } = services;
  const { bodyLimit, namespace, origin, officeJs, pullTimeout, trustedProxy, typedCredentials } =
    configuration;
  const logger: FastifyBaseLogger = log;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    // Our own hook logs one line per request.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: () => randomUUID(),
    bodyLimit,
    trustProxy: trustedProxy ? [...trustedProxy] : false,
    frameworkErrors: answerError,
    return503OnClosing: true,
  });

  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setSerializerCompiler(compileAnswers);
  // A page can post a form or plain text to another origin without a preflight, but not JSON.
  app.removeContentTypeParser("text/plain");
  // A lookup key of more than 15 digits keeps them all, as the records' numbers do.
  const parseBody = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) =>
    parseBody(request, quoteLongNumbers(body), done),
  );
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.decorateRequest("session", null);
  app.decorateRequest("errorCode", undefined);
  app.decorateRequest("rows", undefined);
  app.decorateRequest("parts", undefined);
  app.decorateRequest("turn", undefined);
  app.decorateRequest("countCall", undefined);
  app.decorateRequest("callerSignal");
  app.decorateRequest("readTimer", undefined);

  app.addHook("onRequest", (request, reply, done) => {
    // Log, metrics, audit, limits and Fastify each listen for an answer's end. Node warns from the eleventh listener
    // on.
    reply.raw.setMaxListeners(20);
    reply.header("x-request-id", request.id);
    done();
  });
  app.addHook("onRequest", requestLog);
  app.addHook("onRequest", measureRequests(services.metrics));
  app.addHook("onRequest", auditRequests(audit, services.metrics));
  app.addHook("onRequest", callerSignal(pullTimeout));
  app.addHook("onRoute", endWithCaller);
  app.addHook("onRequest", securityHeaders(configuration));
  const ownNames = createOwnNames(origin);
  app.addHook("onRequest", allowedHosts(ownNames));
  app.addHook("onRequest", allowedOrigins(ownNames));
  app.addHook("onRequest", access(sessions));
  const { sessionRate: perSession, connectionRate: perConnection } = configuration;
  app.addHook("onRequest", rateLimits({ perSession, perConnection, credentialKey, now: steady }));
  limitConcurrency(app, configuration.concurrency, credentialKey);

  await describeApi(app);
  await app.register(healthRoutes, services);
  await app.register(environmentsRoute, services);
  await app.register(sessionRoutes, { ...services, typedCredentials });
  const signInSettings = describeSignIn(typedCredentials, configuration.signIn);
  await app.register(signInRoutes, { ...services, audit, settings: signInSettings });
  await app.register(meRoute);
  await app.register(connectionsRoute);
  await app.register(statusRoute, services);
  await app.register(queryRoute, services);
  await app.register(batchRoute, { ...services, width: configuration.concurrency, partTimeout: pullTimeout });
  await app.register(lookupRoute, services);
  await app.register(asOfRoute, services);
  await app.register(summaryRoute, services);
  await app.register(marketRoute, services);
  await app.register(recordsRoute, services);
  await app.register(fieldsRoute, services);
  await app.register(catalogueRoute);
  await app.register(openapiRoute);
  await pages(app, { folder: addinFolder, officeJs, origin, signIn: signInSettings, namespace });
  return app;
}
