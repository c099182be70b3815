/**
 * Stores the settings of typed connections, so that a person who connects again enters only the secret. The secret is
 * never stored.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { readStored, writeStored } from "../../runtime/session/origin-storage.ts";
import type { FieldName } from "./fields.ts";

const textSettings = ["environment", "apiBaseUrl", "tenant", "scope", "clientId", "label"] as const;

export type LastSettings = { [Name in FieldName | "environment"]?: string } & { remember: boolean };

const stored = "settings";

/** Maximum number of stored connections. */
const maxConnections = 20;

/** By connection name, the latest last. */
function readAll(): (readonly [name: string, settings: unknown])[] {
  const all = readStored(stored);
  return Array.isArray(all) ? (all as unknown[]).filter(isPair) : [];
}

function isPair(value: unknown): value is readonly [string, unknown] {
  return Array.isArray(value) && typeof value[0] === "string";
}

/** The stored settings of a connection; default: of the latest. */
export function readLastSettings(connection?: string): LastSettings {
  const all = readAll();
  const [, found] =
    (connection === undefined ? all.at(-1) : all.find(([name]) => isSameConnection(name, connection))) ?? [];
  const settings: Record<string, unknown> = { ...(found as object | undefined) };
  const known = textSettings.flatMap((name) =>
    typeof settings[name] === "string" ? [[name, settings[name]]] : [],
  );
  return { ...(Object.fromEntries(known) as Partial<LastSettings>), remember: settings["remember"] === true };
}

/** Stores the settings of a successful request. */
export function writeLastSettings(connection: string, request: ConnectRequest): void {
  const others = readAll().filter(([name]) => !isSameConnection(name, connection));
  const settings = Object.fromEntries(
    [...textSettings, "remember" as const].map((name) => [name, request[name]]),
  );
  writeStored(stored, [...others, [connection, settings]].slice(-maxConnections));
}
