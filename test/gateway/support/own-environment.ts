/**
 * A gateway whose only environment is the test's own upstream on this computer.
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { startTestGateway, type TestGateway, type TestGatewayOptions, withFolder } from "./gateway.ts";

/** Invented credentials; the tests search for each of them where it must not occur. */
export const planted = {
  clientId: "5a6b7c8d-0000-4000-8000-000000000001",
  clientSecret: "planted~client.secret-Zx81",
  scope: "api://data.example.com/1/.default",
};

export const plantedTenant = "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80";

export interface OwnEnvironment {
  /** Address of the identity provider. */
  readonly authority: string;
  /** Address of the Data API. */
  readonly api: string;
}

/** Body of `POST /session` for this environment. */
export const connectBody = { environment: "own", ...planted };

/** Writes a configuration file with the environment `own`. @returns the variables that make a service use it. */
export function describeOwnEnvironment(folder: string, { authority, api }: OwnEnvironment) {
  const file = path.join(folder, "kal.json");
  const environment = {
    id: "own",
    label: "Own",
    apiBaseUrl: `${api}/api`,
    authority,
    tenant: plantedTenant,
  };
  writeFileSync(file, JSON.stringify({ environments: [environment] }));
  return { KAL_CONFIG: file, KAL_ALLOW_LOOPBACK: "1" };
}

/** Runs a gateway with the environment `own` while `use` runs. */
export function withOwnEnvironment<T>(
  place: OwnEnvironment,
  use: (gateway: TestGateway) => Promise<T>,
  options: TestGatewayOptions = {},
): Promise<T> {
  return withFolder(async (folder) => {
    const variables = { ...describeOwnEnvironment(folder, place), ...options.variables };
    const gateway = await startTestGateway({ ...options, variables });
    try {
      return await use(gateway);
    } finally {
      await gateway.close();
    }
  });
}
