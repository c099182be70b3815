/**
 * Who this workbook is connected as: tickets in, a connection for every formula out.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { shorten } from "../../../kalibrate/shorten.ts";
import type {
  ConnectAnswer,
  ConnectRequest,
  EnvironmentSummary,
  Status,
} from "../../../kalibrate/gateway-api.ts";
import {
  type HeldConnection,
  type HeldConnections,
  readConnections,
  watchConnections,
  writeConnections,
} from "./connection-store.ts";
import { isOther, NameTakenError } from "./name-taken.ts";
import { callGateway, type GatewayCall } from "./gateway-client.ts";
import { rememberWorkbookConnection, workbookConnection } from "../workbook/workbook-settings.ts";

/**
 * What has happened; a person disconnects, and a connection ends by itself or by another workbook. A workbook is
 * turned to a connection that was there before.
 */
export type SessionChange = "connected" | "disconnected" | "ended" | "turned";

/** Read once per runtime: storage is never touched while cells calculate. */
let held: HeldConnections | undefined;
/** By ticket. */
const statuses = new Map<string, Status>();
const listeners = new Set<(change: SessionChange) => void>();

function connections(): HeldConnections {
  if (!held) {
    held = readConnections();
    watchConnections(lookAgain);
  }
  return held;
}

/** Takes over what other workbooks have stored meanwhile. */
export function lookAgain(): void {
  const before = connections();
  const stored = readConnections();
  if (JSON.stringify(stored) === JSON.stringify(before)) return;
  held = stored;
  tell(stored.length < before.length ? "ended" : "connected");
}

/** Another workbook may have connected since storage was read, so a change is made to what is stored now. */
function change(what: SessionChange, make: (stored: HeldConnections) => HeldConnections): void {
  const stored = readConnections();
  const next = make(stored.length > 0 ? stored : connections());
  held = next;
  writeConnections(next);
  tell(what);
}

function tell(what: SessionChange): void {
  resolved.clear();
  for (const listener of listeners) listener(what);
}

/** Calls back after every change of who is connected. @returns a function that ends it. */
export function onSessionChange(listener: (change: SessionChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The tickets that are held now; a new one means that somebody has connected, here or in another workbook. */
export function heldTickets(): string[] {
  return connections().map(({ ticket }) => ticket);
}

/** The connections that are held now, the latest last. */
export function heldConnections(): HeldConnections {
  return connections();
}

/** Names are compared without letter case, as Excel compares everything. */
export function findConnection(name: string): HeldConnection | undefined {
  return connections().find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** The workbook's own connection, or in a workbook without one the latest; undefined: not connected. */
export function currentConnection(): HeldConnection | undefined {
  const own = workbookConnection();
  return own === undefined ? connections().at(-1) : findConnection(own);
}

/**
 * The connection that a formula means.
 * @param name what stands before the colon; undefined: the workbook's own.
 * @throws KalError KAL_CONNECTION_UNKNOWN or KAL_NOT_CONNECTED. Another connection is never put in its place: a
 * production workbook must not fill with test prices unseen.
 */
export function connectionFor(name: string | undefined): HeldConnection {
  const known = resolved.get(name) ?? resolve(name);
  resolved.set(name, known);
  return known;
}

/** By the name that formulas say, until something changes: thousands of cells ask. */
const resolved = new Map<string | undefined, HeldConnection>();

function resolve(name: string | undefined): HeldConnection {
  const wanted = name ?? workbookConnection();
  const connection = wanted === undefined ? connections().at(-1) : findConnection(wanted);
  if (connection) {
    if (wanted === undefined) rememberWorkbookConnection(connection.name);
    return connection;
  }
  if (connections().length === 0) throw new KalError("KAL_NOT_CONNECTED");
  throw new KalError("KAL_CONNECTION_UNKNOWN", {
    message: name
      ? `The connection “${shorten(name)}” is not connected here.`
      : `This workbook uses the connection “${wanted}”, which is not connected here.`,
  });
}

/** Forgets a connection whose ticket the gateway no longer takes; a newer ticket of the same name stays. */
function endConnection(connection: HeldConnection, what: "disconnected" | "ended"): void {
  if (connections().some(({ ticket }) => ticket === connection.ticket)) {
    change(what, (stored) => stored.filter(({ ticket }) => ticket !== connection.ticket));
  }
}

/** Makes a connection the workbook's own, in place of another. */
export function useForWorkbook({ name }: HeldConnection): void {
  rememberWorkbookConnection(name);
  resolved.clear();
  tell("turned");
}

/** Puts a new client secret in the place of the old one, once the identity provider has taken it. */
export async function replaceSecret(
  connection: HeldConnection,
  clientSecret: string,
  signal: AbortSignal,
): Promise<void> {
  await callAs(connection, { method: "PUT", path: "/session/secret", body: { clientSecret }, signal });
}

/** The environments that the gateway offers. */
export async function listEnvironments(): Promise<EnvironmentSummary[]> {
  return (await callGateway({ method: "GET", path: "/environments" })) as EnvironmentSummary[];
}

/**
 * Connects and keeps the ticket. The connection becomes the own one of a workbook that has none: another is never
 * put in the place of the one that its formulas mean.
 * @param signal gives the attempt up; nothing has changed then.
 * @throws NameTakenError where the name belongs to another client or environment; nothing has changed then either.
 */
export async function connect(request: ConnectRequest, signal?: AbortSignal): Promise<ConnectAnswer> {
  const call = { method: "POST", path: "/session", body: request, ...(signal && { signal }) } as const;
  const answer = (await callGateway(call)) as ConnectAnswer;
  const { connection, ticket, expiresAt } = answer;
  const replaced = findConnection(connection.name);
  const { clientId } = answer.status;
  if (replaced && isOther(replaced, { environment: connection.environment, clientId })) {
    callGateway({ method: "DELETE", path: "/session", ticket }).catch(() => undefined);
    throw new NameTakenError(connection.name);
  }
  change("connected", (stored) => [
    ...stored.filter((one) => one.ticket !== replaced?.ticket),
    { ...connection, ticket, expiresAt, clientId },
  ]);
  statuses.set(ticket, answer.status);
  if (workbookConnection() === undefined) rememberWorkbookConnection(connection.name);
  resolved.clear();
  // The ticket that this one replaces would lie in the gateway's store until it expires.
  if (replaced)
    callGateway({ method: "DELETE", path: "/session", ticket: replaced.ticket }).catch(() => undefined);
  return answer;
}

/**
 * Ends a connection everywhere. Here it is forgotten even where the gateway cannot be told; then it ends there by
 * itself, and the caller learns of it by the error.
 */
export async function disconnect(connection: HeldConnection): Promise<void> {
  endConnection(connection, "disconnected");
  try {
    await callGateway({ method: "DELETE", path: "/session", ticket: connection.ticket });
  } catch (error) {
    if (!isEnded(error)) throw error;
  }
}

/** The status of a connection, asked for now. */
export async function fetchStatus(connection: HeldConnection, signal?: AbortSignal): Promise<Status> {
  const call = { method: "GET", path: "/status", ...(signal && { signal }) } as const;
  const status = await callAs<Status>(connection, call);
  statuses.set(connection.ticket, status);
  return status;
}

/** The status that was last told to this runtime, if any. */
export function lastStatus({ ticket }: HeldConnection): Status | undefined {
  return statuses.get(ticket);
}

/**
 * A call with a connection's ticket; a dead ticket is forgotten at once, so that every place shows it. Where somebody
 * has connected anew while the call waited for its turn, the new ticket is tried.
 * @param send makes the call; once more with the new ticket
 */
export async function callAs<Answer>(
  connection: HeldConnection,
  call: GatewayCall,
  send: (call: GatewayCall) => Promise<unknown> = callGateway,
): Promise<Answer> {
  try {
    return (await send({ ...call, ticket: connection.ticket })) as Answer;
  } catch (error) {
    if (!isEnded(error)) throw error;
    endConnection(connection, "ended");
    const newer = findConnection(connection.name);
    if (!newer || newer.ticket === connection.ticket) throw error;
    return callAs<Answer>(newer, call, send);
  }
}

function isEnded(error: unknown): boolean {
  return (
    error instanceof KalError && (error.code === "KAL_SESSION_ENDED" || error.code === "KAL_NOT_CONNECTED")
  );
}
