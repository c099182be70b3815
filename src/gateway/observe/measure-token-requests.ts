/**
 * Measures the requests to the identity provider.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { Environment } from "../../kalibrate/environments.ts";
import type { AcquireToken } from "../token-service/entra-client.ts";

/** @param measure gets `ok` or an error code, and seconds. */
export function measureTokenRequests(
  acquire: AcquireToken,
  measure: (environment: Environment, outcome: string, seconds: number) => void,
): AcquireToken {
  return async (connection, requestId) => {
    const started = performance.now();
    const tell = (outcome: string) =>
      measure(connection.environment, outcome, (performance.now() - started) / 1000);
    try {
      const token = await acquire(connection, requestId);
      tell("ok");
      return token;
    } catch (error) {
      tell(error instanceof KalError ? error.code : "KAL_GATEWAY_INTERNAL");
      throw error;
    }
  };
}
