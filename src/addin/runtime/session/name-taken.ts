/**
 * Checks connection names on this computer. Two clients, or two environments, must not silently share a name, or the
 * second would replace the first in every formula.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { HeldConnection } from "./connection-store.ts";

/** What distinguishes two connections with the same name; undefined if not known yet. */
export interface Claimant {
  readonly environment?: string | undefined;
  readonly clientId?: string | undefined;
}

/** Whether the existing connection with the name is a different one. */
export function isOther(holder: HeldConnection, { environment, clientId }: Claimant): boolean {
  const isOtherEnvironment = environment !== undefined && environment !== holder.environment;
  const isOtherClient =
    holder.clientId !== undefined &&
    clientId !== undefined &&
    holder.clientId.toLowerCase() !== clientId.toLowerCase();
  // One that the organisation holds is not replaced by a typed one.
  return isOtherEnvironment || isOtherClient || holder.analyst !== undefined;
}

/** The name chosen by the service already belongs to another connection of this computer. */
export class NameTakenError extends KalError {
  readonly taken: string;

  constructor(taken: string) {
    super("KAL_REQUEST_INVALID", {
      message: `“${taken}” is the name of another connection.`,
      hint: "Give this one another name, or disconnect that one first.",
    });
    this.taken = taken;
  }
}
