/**
 * Opens a workbook whose service is played by the test.
 * @module
 */
import type { ConnectAnswer } from "../../../src/kalibrate/gateway-api.ts";
import type { ExcelOptions, Service } from "./kal.ts";

export const json = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

/** An invented connection. */
export const connectionNamed = (name: string, ticket = `ticket of ${name}`) =>
  ({
    connection: { name, environment: "sample", label: name },
    ticket,
    expiresAt: "2030-01-01T00:00:00Z",
  }) as ConnectAnswer;

/** @param answer answers the page's requests, except those for chunks of the add-in */
export function alone(answer: typeof globalThis.fetch): ExcelOptions {
  const service = { origin: "http://localhost:1" } as Service;
  return { service, fetch: answer, connections: [connectionNamed("sample")] };
}
