/**
 * Signs the analyst in and keeps them signed in: their token for a ticket that opens the connections of their roles.
 * A chunk of its own, loaded only where the organisation has set it up.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { SignInAnswer, SignInSettings } from "../../kalibrate/gateway-api.ts";
import type { Clock } from "../runtime/clock.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import type { GatewayClient } from "../runtime/session/gateway-client.ts";
import type { ConnectionList } from "../runtime/session/held-connections.ts";
import { readStored, writeStored } from "../runtime/session/origin-storage.ts";
import { createAccounts } from "./accounts.ts";
import { askInDialog } from "./ask-in-dialog.ts";
import { signInFailure } from "./failures.ts";
import { readPageSettings } from "./page-settings.ts";
import { createWithin } from "./within.ts";

export interface SignIn {
  readonly settings: SignInSettings;
  /** Whether it is under way silently. */
  readonly underWay: () => Promise<unknown> | undefined;
  /**
   * Signs in by a click; the person may be asked.
   * @throws KalError; the signal's reason when aborted, and nothing has changed then.
   */
  readonly signIn: (signal?: AbortSignal) => Promise<SignInAnswer>;
  /**
   * A living ticket in the place of one that has ended, for as many callers as there are at the cost of one.
   * @returns the connection under the new ticket. The service says why where it is no longer open to the analyst.
   * @throws KalError: KAL_SIGN_IN_REQUIRED or KAL_SIGN_IN_REFUSED where nobody is signed in any more, any other where
   * that could not be found out.
   */
  readonly renew: (connection: HeldConnection) => Promise<HeldConnection>;
  /** Signs out here and at the service. Rejects where the service cannot be reached; here it has happened. */
  readonly signOut: () => Promise<void>;
}

export interface SignInParts {
  readonly gateway: GatewayClient;
  readonly connections: ConnectionList;
  readonly clock: Pick<Clock, "after" | "steady">;
}

/** Under this name it is stored that the person has signed out, so that Excel's account does not sign them in again. */
const signedOut = "signedOut";

/** Milliseconds for the service to check a token. */
const maxCheckMs = 30_000;

/** Milliseconds: a renewed ticket that ends so soon would be renewed again and again. */
const minLifeMs = 10_000;

export function createSignIn({ gateway, connections, clock }: SignInParts): SignIn {
  const settings = readPageSettings();
  const within = createWithin(clock);
  const accounts = settings.provider && createAccounts(settings.provider, within);
  let silent: Promise<void> | undefined;
  let renewedAt = -Infinity;

  const signedIn = () => connections.all().find(({ analyst }) => analyst);
  const revoke = (ticket: string) => gateway.call({ method: "DELETE", path: "/session", ticket });
  const exchange = (accessToken: string) =>
    within(
      gateway.call({ method: "POST", path: "/sign-in", body: { accessToken } }) as Promise<SignInAnswer>,
      maxCheckMs,
    );

  function take({ ticket, expiresAt, analyst, connections: opened }: SignInAnswer): void {
    connections.refusal = undefined;
    const names = new Set(opened.map(({ name }) => name.toLowerCase()));
    const replaced = connections.all().filter((held) => !held.analyst && names.has(held.name.toLowerCase()));
    connections.change("connected", (stored) => [
      ...stored.filter((held) => !held.analyst && !names.has(held.name.toLowerCase())),
      // The configuration's first one stands last: it serves where a workbook names none.
      ...opened
        .map((connection) => ({ ...connection, ticket, expiresAt, ...(analyst && { analyst }) }))
        .reverse(),
    ]);
    for (const held of replaced) revoke(held.ticket).catch(() => undefined);
  }

  /** Nobody is signed in any more. @returns the error, which cells show from now on */
  function end(refusal: KalError): KalError {
    connections.refusal = refusal;
    if (signedIn()) connections.change("ended", (stored) => stored.filter(({ analyst }) => !analyst));
    return refusal;
  }

  async function signInSilently(): Promise<void> {
    const before = signedIn()?.analyst;
    try {
      if (!accounts || readStored(signedOut) === true) throw new KalError("KAL_SIGN_IN_REQUIRED");
      const answer = await exchange(await accounts.getSilently());
      if (before && before.objectId !== answer.analyst?.objectId) {
        revoke(answer.ticket).catch(() => undefined);
        throw otherAccount(before.name, answer.analyst?.name);
      }
      take(answer);
    } catch (error) {
      const failure = signInFailure(error, settings.contact);
      const isFinal = failure.code === "KAL_SIGN_IN_REQUIRED" || failure.code === "KAL_SIGN_IN_REFUSED";
      throw isFinal ? end(failure) : failure;
    }
  }

  const once = () =>
    (silent ??= signInSilently().finally(() => {
      silent = undefined;
    }));

  // Whoever is signed in to Excel is signed in here, where nothing is connected. Nobody waits for it.
  if (accounts && connections.all().length === 0 && readStored(signedOut) !== true) {
    once().catch(() => undefined);
  }

  return {
    settings,
    underWay: () => silent,

    async signIn(signal) {
      try {
        const token = await accounts?.ask();
        signal?.throwIfAborted();
        const answer = token === undefined ? await askInDialog(signal) : await exchange(token);
        const before = signedIn();
        writeStored(signedOut, false);
        take(answer);
        if (before && before.analyst?.objectId !== answer.analyst?.objectId)
          revoke(before.ticket).catch(() => undefined);
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        throw signInFailure(error, settings.contact);
      }
    },

    async renew({ name, ticket }) {
      // Another workbook may have renewed it.
      connections.reread();
      if (signedIn()?.ticket === ticket || !signedIn()) {
        if (clock.steady() - renewedAt < minLifeMs) throw new KalError("KAL_SESSION_ENDED");
        await once();
        renewedAt = clock.steady();
      }
      const found = connections.find(name) ?? signedIn();
      if (!found) throw connections.refusal ?? new KalError("KAL_SIGN_IN_REQUIRED");
      return { ...found, name };
    },

    async signOut() {
      writeStored(signedOut, true);
      const held = signedIn();
      if (!held) return;
      connections.change("disconnected", (stored) => stored.filter(({ analyst }) => !analyst));
      await revoke(held.ticket).catch((error: unknown) => {
        if (!(error instanceof KalError && error.code === "KAL_SESSION_ENDED")) throw error;
      });
    },
  };
}

function otherAccount(before = "somebody else", now = "somebody else"): KalError {
  return new KalError("KAL_SIGN_IN_REQUIRED", {
    message: `Excel is now signed in as ${now}; you were signed in to Kalibrate as ${before}.`,
    hint: "Open the Kalibrate pane and sign in.",
  });
}
