/**
 * A service whose connections the organisation holds, before a vendor and an identity provider of the test's own.
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

/** Invented; searched for where it must not be. */
export const heldSecret = "held~planted.secret-Vb47";
export const nextHeldSecret = "next~planted.secret-Hd29";

export interface OrganisationOptions extends Omit<TestGatewayOptions, "variables"> {
  readonly issuer: Pick<TokenIssuer, "authority">;
  /** Origin of identity provider and Data API of Kalibrate's side. */
  readonly vendor: string;
  readonly variables?: Record<string, string>;
  /** Other keys of the configuration file. */
  readonly file?: object;
}

const connection = (id: string, role: string) => ({
  id,
  label: `${id} (read)`,
  environment: "own",
  clientId: "5a6b7c8d-0000-4000-8000-000000000009",
  scope: `api://data.example.com/${id}/.default`,
  secret: { env: "KAL_TEST_SECRET" },
  nextSecret: { env: "KAL_TEST_NEXT_SECRET" },
  roles: [role],
});

/** Writes the configuration file. @returns the variables that make a service use it. */
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
    connections: [connection("pricing", "Pricing.Read"), connection("sites", "Sites.Read")],
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

/** Runs such a service as long as `use` takes. */
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

/** Posts a token. */
export function signIn(gateway: TestGateway, accessToken: string): Promise<Answered<SignInAnswer>> {
  return gateway.call<SignInAnswer>("POST", "/api/v1/sign-in", { body: { accessToken } });
}
