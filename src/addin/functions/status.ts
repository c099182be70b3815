/**
 * KAL.STATUS: who this workbook is connected as, and until when.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { Status } from "../../kalibrate/gateway-api.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { serialOf } from "../../kalibrate/serial-date.ts";
import { type Cell, dateCell } from "../runtime/cells.ts";
import type { SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import { readText } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";

/** The rows of the table in their fixed order: workbooks refer to them by place as well as by name. */
const properties = [
  "connection",
  "environment",
  "state",
  "tenant",
  "clientId",
  "customerId",
  "audience",
  "issuer",
  "version",
  "expirationTime",
  "latency",
  "gatewayVersion",
] as const satisfies readonly (keyof Status)[];

type Property = (typeof properties)[number];

const byLowerCase: ReadonlyMap<string, Property> = new Map(
  properties.map((name) => [name.toLowerCase(), name]),
);

/** Where there is no connection, the state says so and everything else is empty. */
type KnownStatus = Partial<Record<Property, string | number>> & { state: string };

export interface StatusArguments {
  readonly property: unknown;
  readonly connection: unknown;
}

export function createStatus(runtime: Runtime, forExcel: ForExcel) {
  const { activity, dateSystem, engine, session, valueSettings } = runtime;
  const requests = new WeakMap<HeldConnection, SharedRequest<Status>>();

  /** Not weighed, hence not cached: the status is wanted as it is now. */
  function requestOf(connection: HeldConnection): SharedRequest<Status> {
    const known = requests.get(connection);
    if (known) return known;
    const key = requestKey(connection, "status");
    const subject = { key, operation: "status", connection: connection.name } as const;
    const request: SharedRequest<Status> = {
      key,
      ticket: connection.ticket,
      start: ({ signal }) => activity.call(subject, () => session.fetchStatus(connection, signal)),
      isQuick: true,
    };
    requests.set(connection, request);
    return request;
  }

  /** Not being connected is a state, not an error; an unknown name is one. */
  async function statusOf(name: string | undefined, invocation: Invocation): Promise<KnownStatus> {
    try {
      const request = requestOf(session.connectionFor(name));
      const status = await engine.share(request, invocation);
      activity.answered(request.key, invocation.address);
      return status;
    } catch (error) {
      const code = error instanceof KalError ? error.code : undefined;
      const isOwn = name === undefined;
      if (code === "KAL_NOT_CONNECTED" || (code === "KAL_CONNECTION_UNKNOWN" && isOwn)) {
        return { state: "not connected" };
      }
      if (code === "KAL_SESSION_ENDED") return { state: "session ended" };
      throw error;
    }
  }

  function toCell(property: Property, status: KnownStatus): Cell {
    const value = status[property] ?? "";
    const serial = property === "expirationTime" ? serialOf(utcOf(String(value))) : undefined;
    if (serial === undefined || dateSystem.countsFrom1904()) return value;
    return dateCell(serial, " hh:mm:ss", valueSettings.cellForm());
  }

  return (given: StatusArguments, invocation: Invocation): Promise<Cell[][]> =>
    forExcel(invocation, given, (plain) => {
      const property = readProperty(plain.property);
      return statusOf(readText(plain.connection), invocation).then((status) =>
        property ? [[toCell(property, status)]] : properties.map((name) => [name, toCell(name, status)]),
      );
    });
}

function readProperty(value: unknown): Property | undefined {
  const text = readText(value);
  if (text === undefined) return undefined;
  const found = byLowerCase.get(text.toLowerCase());
  if (found) return found;
  throw new KalError("KAL_ARGUMENT_INVALID", {
    message: `“${shorten(text)}” is not a row of KAL.STATUS.`,
    hint: `Use one of ${properties.join(", ")}.`,
  });
}

/** The one time that is shown in UTC: it is the identity provider's, not a fuel site's. */
function utcOf(iso: string): string {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? iso : new Date(moment).toISOString();
}
