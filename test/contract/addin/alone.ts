/**
 * A workbook before a service that the test itself plays.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ConnectAnswer } from "../../../src/kalibrate/gateway-api.ts";
import { addinFolder, type ExcelOptions, type Service } from "./kal.ts";

export const json = (status: number, body: object) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));

/** A connection that only the test knows. */
export const connectionNamed = (name: string, ticket = `ticket of ${name}`) =>
  ({
    connection: { name, environment: "sample", label: name },
    ticket,
    expiresAt: "2030-01-01T00:00:00Z",
  }) as ConnectAnswer;

/** @param answer answers what the page asks, except for parts of the add-in itself */
export function alone(answer: typeof globalThis.fetch): ExcelOptions {
  const service = { origin: "http://localhost:1" } as Service;
  const fetch = ((address: string | URL | Request, init?: RequestInit) => {
    const { pathname } = new URL(address instanceof Request ? address.url : address, service.origin);
    if (!pathname.startsWith("/chunks/")) return answer(address, init);
    return Promise.resolve(new Response(readFileSync(path.join(addinFolder, pathname))));
  }) as typeof globalThis.fetch;
  return { service, fetch, connections: [connectionNamed("sample")] };
}
