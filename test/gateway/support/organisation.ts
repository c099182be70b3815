/**
 * A service with the organisation's connections; the test plays the vendor and the identity provider.
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { SignInAnswer } from "../../../src/kalibrate/gateway-api.ts";
import {
  type Answered,
  startTestGateway,
  type TestGateway,
  type TestGatewayOptions,
  withFolder,
} from "./gateway.ts";
import { plantedTenant } from "./own-environment.ts";
import { addinClientId, serviceClientId, tenant, type TokenIssuer } from "./token-issuer.ts";

export const contact = "pricing-systems@example.com";

/** Invented; the tests search for it where it must not be. */
export const heldSecret = "held~planted.secret-Vb47";
export const nextHeldSecret = "next~planted.secret-Hd29";

export interface OrganisationOptions extends Omit<TestGatewayOptions, "variables"> {
  readonly issuer: Pick<TokenIssuer, "authority">;
  /** Origin of Kalibrate's identity provider and Data API. */
  readonly vendor: string;
  readonly variables?: Record<string, string>;
  /** More keys for the configuration file. */
  readonly file?: object;
}

const connection = (id: string, role: string, description?: string) => ({
  id,
  description,
  label: `${id} (read)`,
  environment: "own",
  clientId: "5a6b7c8d-0000-4000-8000-000000000009",
  scope: `api://data.example.com/${id}/.default`,
  secret: { env: "KAL_TEST_SECRET" },
  nextSecret: { env: "KAL_TEST_NEXT_SECRET" },
  roles: [role, "Data.Admin"],
});

/** Writes the configuration file. @returns the variables for a service that uses it. */
export function describeOrganisation(folder: string, { issuer, vendor, file = {} }: OrganisationOptions) {
  const config = path.join(folder, "kal.json");
  const environment = {
    id: "own",
    label: "Own",
    apiBaseUrl: `${vendor}/api`,
    authority: vendor,
    tenant: plantedTenant,
  };
  const content = {
    environments: [environment],
    connections: [
      connection("pricing", "Pricing.Read", "Prices of own sites."),
      connection("sites", "Sites.Read"),
    ],
    signIn: {
      tenant,
      clientId: addinClientId,
      audience: serviceClientId,
      authority: issuer.authority,
      contact,
    },
    ...file,
  };
  writeFileSync(config, JSON.stringify(content));
  return {
    KAL_CONFIG: config,
    KAL_ALLOW_LOOPBACK: "1",
    KAL_TEST_SECRET: heldSecret,
    KAL_TEST_NEXT_SECRET: nextHeldSecret,
  };
}

/** Runs such a service while `use` runs. */
export function withOrganisation<T>(
  options: OrganisationOptions,
  use: (gateway: TestGateway, folder: string) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const variables = { ...describeOrganisation(folder, options), ...options.variables };
    const gateway = await startTestGateway({ ...options, variables });
    try {
      return await use(gateway, folder);
    } finally {
      await gateway.close();
    }
  });
}

/** Sends a token. */
export function signIn(gateway: TestGateway, accessToken: string): Promise<Answered<SignInAnswer>> {
  return gateway.call<SignInAnswer>("POST", "/api/v1/sign-in", { body: { accessToken } });
}
