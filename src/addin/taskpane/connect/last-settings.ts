/**
 * The settings of the last connection that was typed, so that after its end only the secret is entered again.
 * Never the secret: that is not a setting that a computer may keep.
 * @module
 */
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { readStored, writeStored } from "../../runtime/session/origin-storage.ts";
import type { FieldName } from "./fields.ts";

const textSettings = ["environment", "apiBaseUrl", "tenant", "scope", "clientId"] as const;

export type LastSettings = { [Name in FieldName | "environment"]?: string } & { remember: boolean };

const stored = "lastSettings";

/** What is stored, as far as it is settings. */
export function readLastSettings(): LastSettings {
  const settings: Record<string, unknown> = { ...(readStored(stored) as object | undefined) };
  const known = textSettings.flatMap((name) =>
    typeof settings[name] === "string" ? [[name, settings[name]]] : [],
  );
  return { ...(Object.fromEntries(known) as Partial<LastSettings>), remember: settings["remember"] === true };
}

/** Keeps what a successful request held. */
export function writeLastSettings(request: ConnectRequest): void {
  writeStored(
    stored,
    Object.fromEntries([...textSettings, "remember" as const].map((name) => [name, request[name]])),
  );
}
