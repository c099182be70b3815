/**
 * The settings of the connections that were typed, so that after their end only the secret is entered again.
 * Never the secret: that is not a setting that a computer may keep.
 * @module
 */
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import { readStored, writeStored } from "../../runtime/session/origin-storage.ts";
import type { FieldName } from "./fields.ts";

const textSettings = ["environment", "apiBaseUrl", "tenant", "scope", "clientId", "label"] as const;

export type LastSettings = { [Name in FieldName | "environment"]?: string } & { remember: boolean };

const stored = "settings";

/** Connections whose settings are kept. */
const maxConnections = 20;

/** By the connection's name, the last one at the end. */
function readAll(): (readonly [name: string, settings: unknown])[] {
  const all = readStored(stored);
  return Array.isArray(all) ? (all as unknown[]).filter(isPair) : [];
}

function isPair(value: unknown): value is readonly [string, unknown] {
  return Array.isArray(value) && typeof value[0] === "string";
}

/** What is stored of a connection, or of the last one, as far as it is settings. */
export function readLastSettings(connection?: string): LastSettings {
  const all = readAll();
  const [, found] =
    (connection === undefined ? all.at(-1) : all.find(([name]) => isSame(name, connection))) ?? [];
  const settings: Record<string, unknown> = { ...(found as object | undefined) };
  const known = textSettings.flatMap((name) =>
    typeof settings[name] === "string" ? [[name, settings[name]]] : [],
  );
  return { ...(Object.fromEntries(known) as Partial<LastSettings>), remember: settings["remember"] === true };
}

/** Keeps what a successful request held. */
export function writeLastSettings(connection: string, request: ConnectRequest): void {
  const others = readAll().filter(([name]) => !isSame(name, connection));
  const settings = Object.fromEntries(
    [...textSettings, "remember" as const].map((name) => [name, request[name]]),
  );
  writeStored(stored, [...others, [connection, settings]].slice(-maxConnections));
}

const isSame = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();
