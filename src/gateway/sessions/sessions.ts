/**
 * Sessions: who is connected with which connection, and for how long.
 * @module
 */
import { LRUCache } from "lru-cache";
import { KalError } from "../../kalibrate/errors.ts";
import type { ConnectionSummary } from "../../kalibrate/gateway-api.ts";
import type { Environments } from "../environments.ts";
import type { Analyst } from "../sign-in/access-token.ts";
import { maxEntries, type Store } from "../store/store.ts";
import { type Connection, type ConnectionRecord, resolveConnection, summarise } from "./connection.ts";
import type { CredentialKey } from "./credential-key.ts";
import type { OrganisationConnections } from "./organisation-connections.ts";
import { seal, unseal } from "./seal.ts";
import { formatContent, parseContent, type SessionContent, type TypedContent } from "./session-content.ts";
import { formatTicket, newTicket, parseTicket, storeKey, type Ticket } from "./ticket.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Milliseconds until an unused session ends, and until it ends in any case. */
const lifetimes = {
  workingDay: { idle: 8 * hour, absolute: day },
  remembered: { idle: 30 * day, absolute: 30 * day },
} as const;

/** We extend an entry only by at least this much, not with every call. */
const minExtensionMs = 5 * 60_000;

interface SessionBase {
  /** Its key in the store, which does not reveal the ticket. */
  readonly id: string;
  /** The ticket's text. */
  readonly ticket: string;
  /** The ticket is invalid from then on in any case. Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The session of somebody who typed credentials or uses sample data. */
export interface TypedSession extends SessionBase {
  readonly connection: Connection;
}

/** The session of an analyst who signed in. */
export interface AnalystSession extends SessionBase {
  readonly analyst: Analyst;
  /** The organisation's connections that the analyst's roles open. */
  readonly connections: readonly Connection[];
  /** Names of the connections that they do not open. */
  readonly closed: readonly string[];
}

export type Session = TypedSession | AnalystSession;

/** The connections that a session may use. */
export function connectionsOf(session: Session): readonly Connection[] {
  return "analyst" in session ? session.connections : [session.connection];
}

/** What the add-in may know of them. */
export function summariesOf(session: Session): ConnectionSummary[] {
  const roles = "analyst" in session ? session.analyst.roles : [];
  return connectionsOf(session).map((connection) => summarise(connection, roles));
}

/** A key for the person behind a session: an analyst with several tickets is one person. */
export function personOf(session: Session): string {
  if (!("analyst" in session)) return session.id;
  return analystKey(session.analyst);
}

/** Names an analyst: an object id is unique within its tenant. */
export function analystKey({ tenant, objectId }: Pick<Analyst, "tenant" | "objectId">): string {
  return `${tenant} ${objectId}`;
}

export interface Sessions {
  /**
   * Starts a session for a connection that has been checked.
   * @throws KalError KAL_THROTTLED if the store is full or this credential has too many sessions.
   */
  open(record: ConnectionRecord, remember: boolean): Promise<{ ticket: string; expiresAt: number }>;
  /**
   * Starts a session for an analyst whose token has been checked. It contains no secret.
   * @param expiresAt milliseconds since the epoch.
   * @throws KalError KAL_THROTTLED if the store is full.
   */
  openFor(analyst: Analyst, expiresAt: number): Promise<AnalystSession>;
  /**
   * Finds a ticket's session and marks it as used.
   * @returns undefined if there is none (any more).
   */
  find(ticket: string): Promise<Session | undefined>;
  /** Replaces a session's secret. @throws KalError KAL_SESSION_ENDED. */
  replaceSecret(ticket: string, clientSecret: string): Promise<void>;
  /** Deletes a session at once. */
  close(ticket: string): Promise<void>;
  /** Whether a session with this credential is alive and was opened or used since the start. */
  has(connection: Connection): boolean;
  /** Whether a session of this analyst is alive and was opened or used since the start. */
  hasSignedIn(analyst: Analyst): boolean;
  /** Sessions that are alive and were opened or used since the start, at most ten thousand of each kind. */
  count(): { readonly typed: number; readonly analysts: number };
}

export interface SessionsOptions {
  readonly store: Store;
  readonly environments: Environments;
  readonly organisation: OrganisationConnections;
  /** Whether typed credentials are accepted. */
  readonly typedCredentials: boolean;
  readonly credentialKey: CredentialKey;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Sessions whose credential we track. Beyond that a token may be dropped too early, which costs one token request. */
const maxCredentialsInUse = 10_000;

/** Maximum sessions of one credential, so that a store always has room for others. */
const maxPerCredential = maxEntries / 2;

export function createSessions(options: SessionsOptions): Sessions {
  const { store, environments, organisation, typedCredentials, credentialKey, now } = options;
  /** By store key. The store does not know the credential: it cannot decrypt its entries. */
  const inUse = new LRUCache<string, { credential: string; expiresAt: number }>({ max: maxCredentialsInUse });

  /** By store key. */
  const analystsInUse = new LRUCache<string, { person: string; expiresAt: number }>({
    max: maxCredentialsInUse,
  });

  const isAlive = ({ expiresAt }: { readonly expiresAt: number }) => expiresAt > now();

  function countOf(credential: string): number {
    let count = 0;
    for (const session of inUse.values()) {
      if (session.credential === credential && isAlive(session)) count += 1;
    }
    return count;
  }

  function analystSession(id: string, text: string, analyst: Analyst, expiresAt: number): AnalystSession {
    const connections = organisation.openTo(analyst.roles);
    const closed = organisation.list
      .filter((connection) => !connections.includes(connection))
      .map(({ name }) => name);
    const session = { id, ticket: text, expiresAt, analyst, connections, closed };
    analystsInUse.set(id, { person: personOf(session), expiresAt });
    return session;
  }

  function typedSession(
    id: string,
    text: string,
    { record, expiresAt }: TypedContent,
  ): TypedSession | undefined {
    if (record.credentials && !typedCredentials) return undefined;
    const connection = resolveConnection(record, environments);
    if (!connection) return undefined;
    inUse.set(id, { credential: credentialKey(connection), expiresAt });
    return { id, ticket: text, connection, expiresAt };
  }

  async function read(
    place: string,
    { key }: Ticket,
  ): Promise<{ content: SessionContent; endsUnused: number } | undefined> {
    const entry = await store.get(place);
    if (entry === undefined) return undefined;
    const text = unseal(entry.value, key, place);
    if (text === undefined) return undefined;
    const content = parseContent(text);
    return content && content.expiresAt > now() ? { content, endsUnused: entry.expiresAt } : undefined;
  }

  async function extend(
    place: string,
    { lifetime, expiresAt }: TypedContent,
    endsUnused: number,
  ): Promise<void> {
    const end = Math.min(now() + lifetimes[lifetime].idle, expiresAt);
    if (end - endsUnused >= minExtensionMs) await store.extend(place, end);
  }

  return {
    async open(record, remember) {
      const connection = resolveConnection(record, environments);
      const credential = connection && credentialKey(connection);
      if (
        credential !== undefined &&
        inUse.size >= maxPerCredential &&
        countOf(credential) >= maxPerCredential
      ) {
        throw tooManySessions();
      }
      const ticket = newTicket();
      const lifetime = remember ? "remembered" : "workingDay";
      const { idle, absolute } = lifetimes[lifetime];
      const expiresAt = now() + absolute;
      const content: TypedContent = { record, lifetime, expiresAt };
      const place = storeKey(ticket);
      const value = seal(formatContent(content), ticket.key, place);
      await store.set(place, { value, expiresAt: now() + idle });
      if (credential !== undefined) inUse.set(place, { credential, expiresAt });
      return { ticket: formatTicket(ticket), expiresAt };
    },

    async openFor(analyst, expiresAt) {
      const ticket = newTicket();
      const place = storeKey(ticket);
      const value = seal(
        formatContent({ analyst: { ...analyst, roles: [...analyst.roles] }, expiresAt }),
        ticket.key,
        place,
      );
      await store.set(place, { value, expiresAt });
      return analystSession(place, formatTicket(ticket), analyst, expiresAt);
    },

    async find(text) {
      const ticket = parseTicket(text);
      if (!ticket) return undefined;
      const place = storeKey(ticket);
      const found = await read(place, ticket);
      if (!found) return undefined;
      const { content, endsUnused } = found;
      if ("analyst" in content) return analystSession(place, text, content.analyst, content.expiresAt);
      const session = typedSession(place, text, content);
      if (session) await extend(place, content, endsUnused);
      return session;
    },

    async replaceSecret(text, clientSecret) {
      const ticket = parseTicket(text);
      if (!ticket) throw new KalError("KAL_SESSION_ENDED");
      const place = storeKey(ticket);
      const content = (await read(place, ticket))?.content;
      if (!content || "analyst" in content) throw new KalError("KAL_SESSION_ENDED");
      const record = withSecret(content.record, clientSecret, environments);
      if (!record) throw new KalError("KAL_SESSION_ENDED");
      const value = seal(formatContent({ ...content, record }), ticket.key, place);
      if (!(await store.replace(place, value))) throw new KalError("KAL_SESSION_ENDED");
    },

    async close(text) {
      const ticket = parseTicket(text);
      if (!ticket) return;
      inUse.delete(storeKey(ticket));
      analystsInUse.delete(storeKey(ticket));
      await store.delete(storeKey(ticket));
    },

    has(connection) {
      return countOf(credentialKey(connection)) > 0;
    },

    hasSignedIn(analyst) {
      const person = analystKey(analyst);
      return [...analystsInUse.values()].some((session) => session.person === person && isAlive(session));
    },

    count() {
      return {
        typed: [...inUse.values()].filter(isAlive).length,
        analysts: [...analystsInUse.values()].filter(isAlive).length,
      };
    },
  };
}

function tooManySessions(): KalError {
  return new KalError("KAL_THROTTLED", {
    message: "These credentials already have the maximum number of connections.",
    hint: "Disconnect those that nobody needs, or wait until some end. Existing connections keep working.",
    retryAfter: 300,
  });
}

function withSecret(
  record: ConnectionRecord,
  clientSecret: string,
  environments: Environments,
): ConnectionRecord | undefined {
  const credentials = resolveConnection(record, environments)?.credentials;
  return credentials && { ...record, credentials: { ...credentials, clientSecret } };
}
