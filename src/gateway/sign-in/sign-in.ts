/**
 * Signs in an analyst: exchanges a valid access token for a ticket that expires with it.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { OrganisationConnections } from "../sessions/organisation-connections.ts";
import { analystKey, type AnalystSession, type Sessions } from "../sessions/sessions.ts";
import { type Analyst, type CheckToken, clockTolerance, TokenRefusal } from "./access-token.ts";

/** The result of a sign-in, for the audit and the metrics. */
export interface SignInOutcome {
  /** Absent if the token does not say who it is or is not trusted. */
  readonly analyst?: Analyst;
  /** Whether this person has an earlier ticket that is still alive. */
  readonly isRenewal: boolean;
  /** `ok`, a refusal reason, or an error code. */
  readonly outcome: string;
}

/** @throws KalError KAL_SIGN_IN_REQUIRED, KAL_SIGN_IN_REFUSED, KAL_UPSTREAM_DOWN or KAL_THROTTLED. */
export type SignIn = (accessToken: string, tell: (outcome: SignInOutcome) => void) => Promise<AnalystSession>;

export interface SignInOptions {
  readonly check: CheckToken;
  readonly sessions: Sessions;
  readonly organisation: OrganisationConnections;
  /** The person or team to ask for access. */
  readonly contact: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: SteadyClock;
}

/** Sign-ins of one person in an hour: renewals for several workbooks on several computers. */
const maxPerHour = 120;

/** Maximum lifetime of a ticket, whatever the token says. Milliseconds. */
const maxLife = 86_400_000;

export function createSignIn(options: SignInOptions): SignIn {
  const { check, sessions, organisation, contact, now, steady } = options;
  const perPerson = createRateLimit({ limit: maxPerHour, period: 3600, now: steady });

  async function signIn(token: string, known: (analyst: Analyst) => void): Promise<AnalystSession> {
    const { analyst, expiresAt } = await check(token);
    known(analyst);
    if (organisation.openTo(analyst.roles).length === 0) throw new TokenRefusal("no-role", contact);
    const wait = perPerson.take(analystKey(analyst));
    if (wait > 0) {
      throw new KalError("KAL_THROTTLED", {
        message: "Your account signs in too often.",
        hint: "Existing sign-ins keep working. Find the program that signs in repeatedly.",
        retryAfter: wait,
      });
    }
    // Add the clock tolerance: a token that was just accepted must not give an expired ticket.
    return sessions.openFor(analyst, Math.min(expiresAt + clockTolerance * 1000, now() + maxLife));
  }

  return async (token, tell) => {
    let analyst: Analyst | undefined;
    let isRenewal = false;
    const outcome = (word: string) => tell({ ...(analyst ? { analyst } : {}), isRenewal, outcome: word });
    try {
      const session = await signIn(token, (who) => {
        analyst = who;
        isRenewal = sessions.hasSignedIn(who);
      });
      outcome("ok");
      return session;
    } catch (error) {
      outcome(
        error instanceof TokenRefusal
          ? error.reason
          : error instanceof KalError
            ? error.code
            : "KAL_GATEWAY_INTERNAL",
      );
      throw error;
    }
  };
}
