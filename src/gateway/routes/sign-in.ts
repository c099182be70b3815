/**
 * `/api/v1/sign-in`: says how people connect to this service, and exchanges an analyst's token for a ticket.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { KalError } from "../../kalibrate/errors.ts";
import type { SignInAnswer, SignInSettings as SettingsAnswer } from "../../kalibrate/gateway-api.ts";
import type { SignInSettings } from "../configuration/connections.ts";
import type { Audit } from "../observe/audit.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { describeSession } from "./me.ts";
import { answers } from "./schemas.ts";
import { signInAnswer, signInRequest, signInSettings } from "./sign-in-schemas.ts";

export interface SignInOptions {
  readonly settings: SettingsAnswer;
  /** Undefined if analysts cannot sign in. */
  readonly signIn: SignIn | undefined;
  readonly audit: Audit;
  readonly metrics: Metrics;
}

/** The settings that the add-in may know. */
export function describeSignIn(
  typedCredentials: boolean,
  settings: SignInSettings | undefined,
): SettingsAnswer {
  if (!settings) return { typedCredentials };
  const { authority, tenant, clientId, audience, contact } = settings;
  const scope = `api://${audience}/access_as_user`;
  return { typedCredentials, contact, provider: { authority, tenant, clientId, scope } };
}

export const signInRoutes: FastifyPluginAsyncTypebox<SignInOptions> = async (app, options) => {
  const { settings, signIn, audit, metrics } = options;

  app.get(
    "/api/v1/sign-in",
    {
      config: { access: "marked" },
      schema: { summary: "How people connect", response: answers(signInSettings) },
    },
    async (): Promise<SettingsAnswer> => settings,
  );

  app.post(
    "/api/v1/sign-in",
    {
      config: { access: "marked" },
      schema: { summary: "Sign in", body: signInRequest, response: answers(signInAnswer) },
    },
    async ({ body, id: requestId }): Promise<SignInAnswer> => {
      if (!signIn) {
        throw new KalError("KAL_REQUEST_INVALID", {
          message: "This service has no sign-in.",
          hint: "Connect with credentials; an administrator can configure signIn.",
        });
      }
      const session = await signIn(body.accessToken, ({ analyst, isRenewal, outcome }) => {
        metrics.signIn(isRenewal ? "renewal" : "sign-in", outcome);
        audit.write({ event: "sign-in", analyst, outcome, requestId });
      });
      return { ticket: session.ticket, ...describeSession(session) };
    },
  );
};
