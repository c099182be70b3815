/**
 * Token requests for connections whose secret the organisation holds. If the identity provider refuses one secret, we
 * try the other one once, so that replacing a secret interrupts nobody.
 * @module
 */
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { AcquireToken } from "./entra-client.ts";

/** The errors that another secret may resolve. */
const secretRefused: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_SECRET_INVALID",
  "KAL_SECRET_EXPIRED",
]);

/** @returns a function that throws the first secret's refusal if every secret is refused. */
export function tryHeldSecrets(acquire: AcquireToken): AcquireToken {
  return async (connection, requestId) => {
    const { held } = connection;
    if (!held) return acquire(connection, requestId);
    let refusal: KalError | undefined;
    for (const secret of held.candidates()) {
      const credentials = { ...connection.credentials, clientSecret: secret.value };
      try {
        const token = await acquire({ ...connection, credentials }, requestId);
        held.accept(secret);
        return token;
      } catch (error) {
        if (!(error instanceof KalError && secretRefused.has(error.code))) throw error;
        refusal ??= error;
      }
    }
    throw new KalError(refusal?.code ?? "KAL_SECRET_INVALID", {
      message: "The identity provider refuses the secret that your organisation holds for this connection.",
      hint: "Ask your administrator to enter a new secret in the service.",
      cause: refusal,
    });
  };
}
