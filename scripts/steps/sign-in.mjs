/**
 * The organisation of `npm start -- --sign-in`: two connections to the sample data, opened by different roles.
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Provider where invented people sign in
 * @property {string} origin
 * @property {object} settings for `signIn` in the service's configuration
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Simulator
 * @property {unknown} environment
 * @property {{ sample: { clientId: string, clientSecret: string, scope: string } }} credentials
 * @property {() => Promise<void>} close
 */

/**
 * Writes the configuration file.
 * @param {{ folder: string, provider: Pick<Provider, "settings">, simulator: Pick<Simulator, "credentials"> }} context
 * @returns {Record<string, string>} the variables that make a service use it
 */
export function describeOrganisation({ folder, provider, simulator }) {
  const { clientId, clientSecret, scope } = simulator.credentials.sample;
  /** @param {string} id @param {string} label @param {string} role @param {string} description */
  const connection = (id, label, role, description) => ({
    id,
    label,
    description,
    environment: "sample",
    clientId,
    scope,
    secret: { env: "KAL_SAMPLE_SECRET" },
    roles: [role],
  });
  const file = path.join(folder, "organisation.json");
  mkdirSync(folder, { recursive: true });
  const content = {
    typedCredentials: false,
    connections: [
      connection(
        "pricing",
        "Pricing (read)",
        "Pricing.Read",
        "Prices and costs of own sites, prices of competitors.",
      ),
      connection("sites", "Sites (read)", "Sites.Read", "Sites, brands and areas."),
    ],
    signIn: provider.settings,
    audit: { file: path.join(folder, "audit.jsonl") },
  };
  writeFileSync(file, JSON.stringify(content, null, 2));
  return { KAL_CONFIG: file, KAL_ALLOW_LOOPBACK: "1", KAL_SAMPLE_SECRET: clientSecret };
}
