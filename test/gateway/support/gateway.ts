/**
 * A running gateway for a test, with what the test wants to look into.
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { type Dispatcher, request } from "undici";
import type { Credentials, Environment } from "../../../src/kalibrate/environments.ts";
import type { ConnectAnswer, ErrorAnswer } from "../../../src/kalibrate/gateway-api.ts";
import type { Pause } from "../../../src/gateway/data-api/retry.ts";
import { startGateway } from "../../../src/gateway/main.ts";

export interface TestGatewayOptions {
  readonly variables?: Record<string, string>;
  readonly sampleEnvironment?: Environment & { readonly credentials: Credentials };
  readonly dispatcher?: Dispatcher;
  readonly addinFolder?: string;
  readonly now?: () => number;
  readonly pause?: Pause;
}

export interface Answered<T = unknown> {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly body: T;
}

export interface CallOptions {
  readonly ticket?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** False leaves the header out that every call must carry. */
  readonly marked?: boolean;
  readonly signal?: AbortSignal;
}

export interface TestGateway {
  readonly url: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Everything logged so far, as written. */
  log(): string;
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answered<T>>;
  /** Connects and gives the ticket. */
  connect(body: unknown): Promise<ConnectAnswer>;
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
  const { variables, ...rest } = options;
  const gateway = await startGateway({
    environment: { KAL_PORT: "0", KAL_LOG_LEVEL: "trace", ...variables },
    log,
    addinFolder: "/nowhere",
    ...rest,
  });

  const scheme = variables?.["KAL_TLS_CERT"] === undefined ? "http" : "https";
  const local = `${scheme}://localhost:${gateway.port}`;

  async function call<T>(method: string, path: string, more: CallOptions = {}): Promise<Answered<T>> {
    const { ticket, body, headers, marked = true, signal } = more;
    const response = await request(`${local}${path}`, {
      method: method,
      headers: {
        ...(marked ? { "x-kal-request": "1" } : {}),
        ...(ticket === undefined ? {} : { authorization: `Bearer ${ticket}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, body: parse(text) as T };
  }

  return {
    url: gateway.url,
    port: gateway.port,
    metricsPort: gateway.metricsPort,
    log: () => lines.join(""),
    call,
    connect: async (body) => {
      const answer = await call<ConnectAnswer>("POST", "/api/v1/session", { body });
      if (answer.status !== 200) throw new Error(`not connected: ${answer.text}`);
      return answer.body;
    },
    close: () => gateway.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an error answer says. */
export function errorOf({ body }: Answered): ErrorAnswer["error"] {
  return (body as ErrorAnswer).error;
}

/** A folder that is gone after `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kal-test-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
