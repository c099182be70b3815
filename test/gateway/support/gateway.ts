/**
 * A running gateway for a test, with access to its log.
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Credentials, Environment } from "../../../src/kalibrate/environments.ts";
import type { Pause } from "../../../src/gateway/data-api/retry.ts";
import { startGateway } from "../../../src/gateway/main.ts";
import { type Calls, callsTo } from "./calls.ts";

export { type Answered, type CallOptions, errorOf } from "./calls.ts";

export interface TestGatewayOptions {
  readonly variables?: Record<string, string>;
  readonly sampleEnvironment?: Environment & { readonly credentials: Credentials };
  readonly dispatcher?: Dispatcher;
  readonly addinFolder?: string;
  readonly now?: () => number;
  readonly pause?: Pause;
}

export interface TestGateway extends Calls {
  readonly url: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Everything logged so far, as written. */
  log(): string;
  /** All audit events so far, as written to standard output. */
  audit(): string;
  close(): Promise<void>;
}

/** Starts a gateway on a free port of this computer. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const lines: string[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  const events: string[] = [];
  const audit = new Writable({
    write(chunk: Buffer, _encoding, done) {
      events.push(chunk.toString("utf8"));
      done();
    },
  });
  const { variables, ...rest } = options;
  const gateway = await startGateway({
    // By default tests request everything from the upstream each time.
    environment: { KAL_PORT: "0", KAL_LOG_LEVEL: "trace", KAL_MAX_AGE: "0", ...variables },
    log,
    audit,
    addinFolder: "/nowhere",
    ...rest,
  });

  const scheme = variables?.["KAL_TLS_CERT"] === undefined ? "http" : "https";
  return {
    url: gateway.url,
    port: gateway.port,
    metricsPort: gateway.metricsPort,
    log: () => lines.join(""),
    audit: () => events.join(""),
    ...callsTo(`${scheme}://localhost:${gateway.port}`),
    close: () => gateway.close(),
  };
}

/** A temporary folder, deleted after `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kal-test-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
