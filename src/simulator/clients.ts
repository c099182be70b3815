/**
 * The clients that the identity provider knows: their credentials, and what they may do. Ids and secrets are invented
 * and valid in this simulator only.
 * @module
 */
import type { Credentials } from "../kalibrate/environments.ts";
import { scope } from "./customer.ts";

export interface Client {
  readonly credentials: Credentials;
  /** The service principal in the tenant: `oid` and `sub` of a token. */
  readonly objectId: string;
  readonly secretExpired: boolean;
  /** App roles in the token; the Data API requires `Data.Read`. */
  readonly roles: readonly string[];
}

function client(clientId: string, clientSecret: string, rights: Omit<Client, "credentials">): Client {
  return { credentials: { clientId, clientSecret, scope }, ...rights };
}

export const clients = {
  /** The client of the sample environment. */
  sample: client("7b0e6a52-4c1d-4f88-b3a9-5e2d90c7f116", "sample-data-is-no-secret", {
    objectId: "40d8b9e6-2c7f-4a13-9e58-61b7f0c3d2a9",
    secretExpired: false,
    roles: ["Data.Read"],
  }),
  /** Its secret is correct but expired. */
  expired: client("c2f49d07-8a35-4b6e-9f10-d7e1b8a36c54", "expired-sample-secret", {
    objectId: "8f5a1e70-b6d4-4c29-8a03-e9c1d7425b6f",
    secretExpired: true,
    roles: ["Data.Read"],
  }),
  /** Gets tokens and a status, but no data. */
  withoutAccess: client("e91a7c3b-05d2-4e94-8b67-3fa2c6d801b9", "powerless-sample-secret", {
    objectId: "d37c60f2-19ab-4e85-b0c4-7a2f58e6913d",
    secretExpired: false,
    roles: [],
  }),
} as const satisfies Record<string, Client>;

export type ClientName = keyof typeof clients;

export function findClient(clientId: string): Client | undefined {
  return Object.values<Client>(clients).find(
    ({ credentials }) => credentials.clientId === clientId.toLowerCase(),
  );
}
