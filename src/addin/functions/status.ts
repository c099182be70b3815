/**
 * KAL.STATUS: the workbook's connection and when it ends.
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

/** The rows of the table. Their order is fixed, because workbooks refer to them by position as well as by name. */
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

/** A property available only by name, because it belongs to the workbook, not to the connection. */
const dataAsOfName = "dataAsOf";

/** Without a connection only the state has a value. */
type KnownStatus = Partial<Record<Property, string | number>> & { state: string };

export interface StatusArguments {
  readonly property: unknown;
  readonly connection: unknown;
}

export function createStatus(runtime: Runtime, forExcel: ForExcel) {
  const { activity, dataAsOf, dateSystem, engine, session, valueSettings } = runtime;
  const requests = new WeakMap<HeldConnection, SharedRequest<Status>>();

  /** No `weigh`, so the status is never cached: cells need the current one. */
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

  /** “Not connected” is a state, not an error; an unknown name is an error. */
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
    return property === "expirationTime" ? timeCell(utcOf(String(value))) : value;
  }

  /** @param iso shown with its own local time; invalid times stay text */
  function timeCell(iso: string): Cell {
    const serial = serialOf(iso);
    if (serial === undefined || dateSystem.countsFrom1904()) return iso;
    return dateCell(serial, " hh:mm:ss", valueSettings.cellForm());
  }

  function dataAsOfCell(): Cell {
    const time = dataAsOf.time();
    return time === undefined ? "" : timeCell(localOf(time));
  }

  return (given: StatusArguments, invocation: Invocation): Promise<Cell[][]> =>
    forExcel(invocation, given, async (plain) => {
      if (readText(plain.property)?.toLowerCase() === dataAsOfName.toLowerCase()) return [[dataAsOfCell()]];
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
    hint: `Use one of ${[...properties, dataAsOfName].join(", ")}.`,
  });
}

/** The only time shown in UTC: it comes from the identity provider, not from a fuel site. */
function utcOf(iso: string): string {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? iso : new Date(moment).toISOString();
}

/** By the analyst's clock, as ISO text without a zone. */
function localOf(iso: string): string {
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
