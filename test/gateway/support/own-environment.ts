/**
 * A gateway whose only environment is an upstream of the test's own, on this computer.
 * @module
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { startTestGateway, type TestGateway, type TestGatewayOptions, withFolder } from "./gateway.ts";

/** Invented credentials; each text is searched for where it must not be. */
export const planted = {
  clientId: "5a6b7c8d-0000-4000-8000-000000000001",
  clientSecret: "planted~client.secret-Zx81",
  scope: "api://data.example.com/1/.default",
};

export const plantedTenant = "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80";

export interface OwnEnvironment {
  /** Where tokens come from. */
  readonly authority: string;
  /** Where the Data API is. */
  readonly api: string;
}

/** Body of `POST /session` for the environment. */
export const connectBody = { environment: "own", ...planted };

/** Writes the environment `own` into a file. @returns the variables that make a service use it. */
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

/** Runs a gateway with the environment `own` as long as `use` takes. */
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
