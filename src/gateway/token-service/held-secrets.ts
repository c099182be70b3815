/**
 * The secrets of an organisation's connection: the current one and the next one. Each is read from a file or variable
 * that can change while the service runs.
 * @module
 */
import { findSecret } from "../configuration/secret.ts";
import type { SecretPlace } from "../configuration/file-schema.ts";
import type { Log } from "../observe/log.ts";

export type SecretName = "secret" | "nextSecret";

export interface HeldSecret {
  readonly name: SecretName;
  readonly value: string;
}

export interface HeldSecrets {
  /**
   * Reads both secrets again.
   * @returns the secrets to try, without duplicates: first the one in use, then the other one, then the value that was
   * accepted last, because a file may hold half of a new secret.
   */
  candidates(): readonly HeldSecret[];
  /** Notes which secret the identity provider accepted. */
  accept(secret: HeldSecret): void;
  /** The secret in use. */
  readonly current: string;
  /** All values read since the start, at most ten. None of them may leave the service. */
  readonly values: readonly string[];
}

export interface HeldSecretsOptions {
  /** Id of the connection, for the log. */
  readonly connection: string;
  readonly secret: SecretPlace;
  readonly nextSecret?: SecretPlace | undefined;
  /** Such as `process.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Called when another secret comes into use. */
  readonly onServe: (name: SecretName) => void;
}

const maxValues = 10;

export function createHeldSecrets(options: HeldSecretsOptions): HeldSecrets {
  const { connection, variables, log, onServe } = options;
  /** The last good value of each secret. */
  const known = new Map<SecretName, string>();
  /** Oldest first. */
  const values = new Set<string>();
  let accepted: HeldSecret | undefined;

  function read(name: SecretName, place: SecretPlace | undefined): void {
    if (place === undefined) return;
    const found = findSecret(place, variables);
    if ("value" in found) {
      if (known.has(name) && known.get(name) !== found.value)
        log.info({ connection, secret: name }, "secret read again");
      known.set(name, found.value);
      values.delete(found.value);
      values.add(found.value);
    } else if ("empty" in found && name === "nextSecret") {
      known.delete(name);
    } else {
      const file = place.file;
      log.error({ connection, secret: name, file }, "secret cannot be used now; the last good value counts");
    }
    for (const value of [...values].slice(0, -maxValues)) values.delete(value);
  }

  function readAll(): void {
    read("secret", options.secret);
    read("nextSecret", options.nextSecret);
  }

  readAll();
  return {
    candidates() {
      readAll();
      const first = accepted?.name ?? "secret";
      const order =
        first === "secret" ? (["secret", "nextSecret"] as const) : (["nextSecret", "secret"] as const);
      const candidates = order.flatMap((name) => {
        const value = known.get(name);
        return value === undefined ? [] : [{ name, value }];
      });
      if (accepted) candidates.push(accepted);
      return candidates.filter(
        ({ value }, at) => candidates.findIndex((other) => other.value === value) === at,
      );
    },
    accept(secret) {
      const { name } = secret;
      if (accepted?.name !== name) {
        const level = name === "secret" && accepted === undefined ? "info" : "warn";
        log[level]({ connection, secret: name }, "this secret serves");
        onServe(name);
      }
      accepted = secret;
    },
    get current() {
      return accepted?.value ?? known.get("secret") ?? "";
    },
    get values() {
      return [...values];
    },
  };
}
