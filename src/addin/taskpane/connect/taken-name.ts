/**
 * Names of connections: two clients of one environment must not share one unseen, or the second would take the place
 * of the first in every formula.
 * @module
 */
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { findConnection } from "../../runtime/session/session.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";

/** The name that the service gives where none is typed; the host where it is an address of one's own. */
function nameOf({ label, environment, apiBaseUrl = "" }: ConnectRequest): string {
  if (label) return label;
  if (environment !== undefined) return environment;
  const url = URL.canParse(apiBaseUrl) ? new URL(apiBaseUrl) : undefined;
  return url?.hostname.slice(0, 40) ?? "";
}

/** What to say where another client has the name, with one that is free. */
export function takenName(request: ConnectRequest): Finding | undefined {
  const name = nameOf(request);
  const holder = findConnection(name);
  const isOther =
    holder?.clientId !== undefined && holder.clientId.toLowerCase() !== request.clientId?.toLowerCase();
  if (!isOther) return undefined;
  for (let number = 2; ; number++) {
    const correction = `${name.slice(0, 36)}-${number}`;
    if (!findConnection(correction)) {
      return { severity: "error", text: texts.checks.labelTaken(name), correction };
    }
  }
}
