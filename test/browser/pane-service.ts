/**
 * The real gateway with the simulator behind it, for a pane in a browser.
 * @module
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { makeCertificates } from "../gateway/support/certificates.ts";
import { startGateway } from "../../src/gateway/main.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";

export interface PaneService {
  readonly url: string;
  readonly simulator: Simulator;
  close(): Promise<void>;
}

const root = path.join(import.meta.dirname, "../..");
const addinFolder = path.join(root, "dist/addin");

/** Environments whose credentials are typed; `testing` fixes the tenant, `freeTenant` leaves it open. */
export function environmentsOf({ apiBaseUrl, origin, environment }: Simulator) {
  const common = { apiBaseUrl, authority: origin };
  return [
    { id: "testing", label: "Testing", tenant: environment.tenant, ...common },
    { id: "free-tenant", label: "Testing, any tenant", ...common },
  ];
}

export interface PaneServiceOptions {
  /** Whether there is the sample's environment; true where left out. */
  readonly sample?: boolean;
  /** Over plain http, as the workbench is; over https where left out, as Excel asks for. */
  readonly plainHttp?: boolean;
}

/** Starts both on free ports of this computer. The add-in must have been built. */
export async function startPaneService(options: PaneServiceOptions = {}): Promise<PaneService> {
  if (!existsSync(path.join(addinFolder, "taskpane.html"))) {
    throw new Error("The add-in is not built: npx webpack --mode production --config-name addin");
  }
  const simulator = await startSimulator({ ownSites: 3 });
  const folder = await mkdtemp(path.join(os.tmpdir(), "kal-pane-"));
  const configuration = path.join(folder, "kal.json");
  await writeFile(configuration, JSON.stringify({ environments: environmentsOf(simulator) }));
  const gateway = await startGateway({
    environment: {
      ...(!options.plainHttp && (await certificateIn(folder))),
      KAL_PORT: "0",
      KAL_CONFIG: configuration,
      KAL_ALLOW_LOOPBACK: "1",
      KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
    },
    addinFolder,
    log: new Writable({ write: (_chunk, _encoding, done) => done() }),
    ...(options.sample !== false && { sampleEnvironment: simulator.environment }),
  });
  return {
    url: gateway.url,
    simulator,
    async close() {
      await gateway.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a certificate for localhost. @returns the variables that make the gateway use it. */
async function certificateIn(folder: string): Promise<Record<string, string>> {
  const { cert, key } = await makeCertificates(["localhost", "127.0.0.1"]);
  const files = { KAL_TLS_CERT: path.join(folder, "cert.pem"), KAL_TLS_KEY: path.join(folder, "key.pem") };
  await writeFile(files.KAL_TLS_CERT, cert);
  await writeFile(files.KAL_TLS_KEY, key);
  return files;
}
