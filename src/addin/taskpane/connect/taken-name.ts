/**
 * The message that a connection name is already used, with a free name as a suggestion.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { isOther } from "../../runtime/session/name-taken.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";

/**
 * The message before the request is sent. Without label and environment only the service knows the name; `connect`
 * then checks it in the answer.
 */
export function takenName({ label, environment, clientId }: ConnectRequest): Finding | undefined {
  const name = label || environment;
  const holder = name === undefined ? undefined : runtime.session.find(name);
  return holder && isOther(holder, { environment, clientId }) ? sayTaken(holder.name) : undefined;
}

/** The message for a name that another connection uses. */
export function sayTaken(name: string): Finding {
  for (let number = 2; ; number++) {
    const correction = `${name.slice(0, 36)}-${number}`;
    if (!runtime.session.find(correction)) {
      return { severity: "error", text: texts.checks.labelTaken(name), correction };
    }
  }
}
