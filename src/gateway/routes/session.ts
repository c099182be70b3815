/**
 * `/api/v1/session`: connect, change the secret, disconnect.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { ConnectAnswer, Status } from "../../kalibrate/gateway-api.ts";
import type { DataApiClient } from "../data-api/client.ts";
import { fetchStatus } from "../data-api/status.ts";
import type { Environments } from "../environments.ts";
import { sessionOf } from "../hooks/access.ts";
import type { ConnectGuard } from "../sessions/connect-guard.ts";
import { readConnectRequest } from "../sessions/connect-request.ts";
import { type Connection, resolveConnection, summarise } from "../sessions/connection.ts";
import type { Session, Sessions, TypedSession } from "../sessions/sessions.ts";
import type { TokenService } from "../token-service/token-service.ts";
import { answers, connectAnswer, connectRequest, errorAnswers, replaceSecretRequest } from "./schemas.ts";

export interface SessionOptions {
  readonly environments: Environments;
  readonly sessions: Sessions;
  readonly tokenService: TokenService;
  readonly dataApi: DataApiClient;
  readonly guardConnect: ConnectGuard;
  /** Whether typed credentials are accepted. */
  readonly typedCredentials: boolean;
}

export const sessionRoutes: FastifyPluginAsyncTypebox<SessionOptions> = async (app, options) => {
  const { environments, sessions, tokenService, dataApi, guardConnect, typedCredentials } = options;

  /** Only the identity provider can say whether credentials are valid now; a cached result proves nothing. */
  function checkLive(connection: Connection, request: FastifyRequest): Promise<Status> {
    const { id: requestId, callerSignal: signal, ip } = request;
    return guardConnect(ip, connection, signal, async () => {
      await tokenService.token(connection, { fresh: true, requestId });
      return fetchStatus(dataApi, connection, { signal, requestId });
    });
  }

  app.post(
    "/api/v1/session",
    {
      config: { access: "marked" },
      schema: { summary: "Connect", body: connectRequest, response: answers(connectAnswer) },
    },
    async (request): Promise<ConnectAnswer> => {
      const { body } = request;
      const record = readConnectRequest(body, environments, typedCredentials);
      const connection = resolveConnection(record, environments);
      if (!connection) throw new KalError("KAL_GATEWAY_INTERNAL");
      const status = await checkLive(connection, request);
      const { ticket, expiresAt } = await sessions.open(record, body.remember ?? false);
      return {
        ticket,
        expiresAt: new Date(expiresAt).toISOString(),
        connection: summarise(connection),
        status,
      };
    },
  );

  app.put(
    "/api/v1/session/secret",
    {
      config: { queued: false },
      schema: {
        summary: "Replace the client secret",
        body: replaceSecretRequest,
        response: {
          204: { type: "null", description: "Checked and replaced; the ticket stays." },
          ...errorAnswers,
        },
      },
    },
    async (request, reply) => {
      const session = typedSession(sessionOf(request));
      const clientSecret = request.body.clientSecret.trim();
      if (clientSecret === "")
        throw new KalError("KAL_REQUEST_INVALID", { message: "Missing: clientSecret." });
      if (!typedCredentials) throw new KalError("KAL_FORBIDDEN");
      const credentials = { ...session.connection.credentials, clientSecret };
      await checkLive({ ...session.connection, credentials }, request);
      await sessions.replaceSecret(session.ticket, clientSecret);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/api/v1/session",
    {
      config: { queued: false, endsSession: true },
      schema: {
        summary: "Disconnect",
        response: { 204: { type: "null", description: "Forgotten." }, ...errorAnswers },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      await sessions.close(session.ticket);
      // Colleagues often share a credential, so the token stays while another session uses it. The organisation's
      // tokens always stay.
      if (!("analyst" in session) && !sessions.has(session.connection))
        tokenService.forget(session.connection);
      return reply.code(204).send(null);
    },
  );
};

/** @throws KalError KAL_FORBIDDEN for an analyst who has signed in: the organisation holds those secrets. */
function typedSession(session: Session): TypedSession {
  if (!("analyst" in session)) return session;
  throw new KalError("KAL_FORBIDDEN", {
    message: "Your organisation holds the secret of this connection.",
    hint: "If it is wrong or has expired, tell your administrator.",
  });
}
