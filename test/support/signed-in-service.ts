/**
 * A service whose analysts sign in: the real gateway, a local provider of people, and the simulator as the Data API.
 * @module
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startGateway } from "../../src/gateway/main.ts";
import { type SignInProvider, startSignInProvider } from "../../src/simulator/sign-in/sign-in-provider.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";

export interface SignedInServiceOptions {
  readonly addinFolder: string;
  readonly ownSites?: number;
  /** Other keys of the configuration file. */
  readonly file?: object;
  readonly variables?: Readonly<Record<string, string>>;
}

/** As much of an event as tests look at. */
export interface AuditEvent {
  readonly audit: string;
  readonly operation?: string;
  readonly outcome: string;
}

export interface SignedInService {
  readonly origin: string;
  readonly port: number;
  readonly simulator: Simulator;
  readonly provider: SignInProvider;
  /** The service's log, by line. */
  readonly log: () => readonly string[];
  /** What the audit has recorded so far. */
  readonly audit: () => readonly AuditEvent[];
  /** What its page says of how people sign in. */
  readonly signIn: string;
  /** Holds the configuration, and whatever the variables name. */
  readonly folder: string;
  /** Starts the service anew with another configuration, on the same port. */
  readonly restart: (file: object) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Invented; searched for where it must not be. It opens the simulator, so it is the simulator's. */
export const connectionSecret = (simulator: Simulator) => simulator.credentials.sample.clientSecret;

export async function startSignedInService(options: SignedInServiceOptions): Promise<SignedInService> {
  const { addinFolder, ownSites = 5, variables = {} } = options;
  const simulator = await startSimulator({ ownSites });
  const provider = await startSignInProvider();
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-signed-in-"));
  const auditFile = path.join(folder, "audit.jsonl");
  const lines: string[] = [];
  const { clientId, clientSecret, scope } = simulator.credentials.sample;
  const connection = (id: string, role: string) => ({
    id,
    label: `${id} (read)`,
    environment: "sample",
    clientId,
    scope,
    secret: { env: "KAL_TEST_SECRET" },
    roles: [role],
  });
  const start = (port: number, file: object = {}) => {
    const config = path.join(folder, "kal.json");
    const content = {
      connections: [connection("pricing", "Pricing.Read"), connection("sites", "Sites.Read")],
      signIn: provider.settings,
      audit: { file: auditFile },
      ...file,
    };
    writeFileSync(config, JSON.stringify(content));
    return startGateway({
      environment: {
        KAL_PORT: String(port),
        KAL_CONFIG: config,
        KAL_ALLOW_LOOPBACK: "1",
        KAL_TEST_SECRET: clientSecret,
        ...variables,
      },
      sampleEnvironment: simulator.environment,
      addinFolder,
      log: { write: (line) => lines.push(line) },
    });
  };
  let gateway = await start(0, options.file);
  const { origin } = new URL(gateway.url);
  const page = await (await fetch(`${origin}/taskpane.html`)).text();
  const signIn = (/data-sign-in="([^"]*)"/.exec(page)?.[1] ?? "").replaceAll("&quot;", '"');
  return {
    origin,
    port: gateway.port,
    simulator,
    provider,
    log: () => lines,
    audit: () =>
      !existsSync(auditFile)
        ? []
        : readFileSync(auditFile, "utf8")
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line) as AuditEvent),
    signIn,
    folder,
    async restart(file) {
      const { port } = gateway;
      await gateway.close();
      gateway = await start(port, file);
    },
    async close() {
      await gateway.close();
      await simulator.close();
      await provider.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
