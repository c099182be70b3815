/**
 * Says that a connection's name is another one's, and offers one that is free.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { isOther } from "../../runtime/session/name-taken.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";

/**
 * What to say before the service is asked. Where neither label nor environment is given only the service knows the
 * name; it is checked when it comes (`connect`).
 */
export function takenName({ label, environment, clientId }: ConnectRequest): Finding | undefined {
  const name = label || environment;
  const holder = name === undefined ? undefined : runtime.session.find(name);
  return holder && isOther(holder, { environment, clientId }) ? sayTaken(holder.name) : undefined;
}

/** What to say of a name that is another connection's. */
export function sayTaken(name: string): Finding {
  for (let number = 2; ; number++) {
    const correction = `${name.slice(0, 36)}-${number}`;
    if (!runtime.session.find(correction)) {
      return { severity: "error", text: texts.checks.labelTaken(name), correction };
    }
  }
}
