/**
 * The cost of a token: `node bench/tokens.mjs`. A thousand concurrent cold calls cause one token request; a warm token
 * is a map lookup, compared with msal-node's own cache.
 */
import path from "node:path";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { runnerImport } from "vite";

const root = path.join(import.meta.dirname, "..");

/** vite comes with vitest and can run TypeScript. */
const load = async (/** @type {string} */ file) =>
  (await runnerImport(path.join(root, "src/gateway", file), { root, configFile: false })).module;

const { createTokenService } = await load("token-service/token-service.ts");
const { createCredentialKey } = await load("sessions/credential-key.ts");

const connection = () => ({
  name: "bench",
  label: "Bench",
  environment: {
    id: "bench",
    label: "Bench",
    apiBaseUrl: "https://data.example.com/api",
    authority: "https://login.microsoftonline.com",
  },
  tenant: "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80",
  credentials: { clientId: "client", clientSecret: "secret", scope: "api://data.example.com/.default" },
});

let requests = 0;
const service = createTokenService({
  acquire: async () => {
    requests++;
    await new Promise((answer) => setTimeout(answer, 50));
    return { text: "x".repeat(1700), lifetime: 3599 };
  },
  credentialKey: createCredentialKey(Buffer.alloc(32, 7)),
  log: { warn: () => undefined },
  now: Date.now,
});

await Promise.all(Array.from({ length: 1000 }, () => service.token(connection())));
console.log(`1,000 cold calls at once: ${requests} token request`);

const msal = new ConfidentialClientApplication({
  auth: {
    clientId: "client",
    clientSecret: "secret",
    authority: `https://login.microsoftonline.com/${connection().tenant}`,
  },
  system: {
    networkClient: {
      sendGetRequestAsync: () => Promise.reject(new Error("nothing to get")),
      /** @returns {Promise<any>} */
      sendPostRequestAsync: async () => ({
        status: 200,
        headers: {},
        body: { token_type: "Bearer", expires_in: 3599, access_token: "x".repeat(1700) },
      }),
    },
  },
});

const warmConnection = connection();
const scopes = [warmConnection.credentials.scope];
await msal.acquireTokenByClientCredential({ scopes });

/** Median of five rounds, in microseconds per call. */
async function measure(/** @type {() => unknown} */ call, /** @type {number} */ times) {
  const rounds = [];
  for (let round = 0; round < 6; round++) {
    const started = performance.now();
    for (let index = 0; index < times; index++) await call();
    rounds.push(((performance.now() - started) * 1000) / times);
  }
  // The first round is a warm-up.
  return rounds.slice(1).sort((a, b) => a - b)[2];
}

const rows = [
  ["an awaited function that gives a constant (floor)", await measure(async () => warmConnection, 200_000)],
  ["warm token, later calls of a request", await measure(() => service.token(warmConnection), 200_000)],
  [
    "warm token, first call of a request (HMAC of the credential)",
    await measure(() => service.token(connection()), 50_000),
  ],
  ["msal-node's own cache", await measure(() => msal.acquireTokenByClientCredential({ scopes }), 2_000)],
];
for (const [what, microseconds] of rows) {
  console.log(`${String(what).padEnd(62)} ${Number(microseconds).toFixed(2).padStart(8)} µs`);
}
