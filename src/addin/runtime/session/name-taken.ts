/**
 * Names of connections on this computer: two clients, or two environments, must not share one unseen, or the second
 * would take the place of the first in every formula.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { HeldConnection } from "./connection-store.ts";

/** What tells two connections of one name apart; undefined where it is not known yet. */
export interface Claimant {
  readonly environment?: string | undefined;
  readonly clientId?: string | undefined;
}

/** Whether a connection that is held is another one than the one that wants its name. */
export function isOther(holder: HeldConnection, { environment, clientId }: Claimant): boolean {
  const isOtherEnvironment = environment !== undefined && environment !== holder.environment;
  const isOtherClient =
    holder.clientId !== undefined &&
    clientId !== undefined &&
    holder.clientId.toLowerCase() !== clientId.toLowerCase();
  return isOtherEnvironment || isOtherClient;
}

/** The name that the service gave belongs to another connection of this computer. */
export class NameTakenError extends KalError {
  readonly taken: string;

  constructor(taken: string) {
    super("KAL_REQUEST_INVALID", {
      message: `“${taken}” is the name of another connection.`,
      hint: "Give this one a name of its own, or disconnect that one first.",
    });
    this.taken = taken;
  }
}
