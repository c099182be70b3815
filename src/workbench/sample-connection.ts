/**
 * Connects to the sample data, as the pane's first button does.
 * @module
 */
import { type ConnectAnswer, requestHeader } from "../kalibrate/gateway-api.ts";

/** The add-in's key for its tickets in the origin's storage. */
export const connectionsKey = "kal.connections";

/**
 * @param origin of the service; "" for the page's own
 * @returns the content of the add-in's storage after connecting, JSON text
 * @throws Error if the service has no sample data or does not answer
 */
export async function connectToSample(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json", [requestHeader.name]: requestHeader.value },
    body: JSON.stringify({ environment: "sample" }),
  });
  if (!response.ok) {
    throw new Error(`Sample data did not connect: ${response.status} ${await response.text()}`);
  }
  const { connection, ticket, expiresAt } = (await response.json()) as ConnectAnswer;
  return JSON.stringify([{ ...connection, ticket, expiresAt }]);
}
