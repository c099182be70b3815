/**
 * A real Redis server for a test, with its data in its own folder.
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { createClient } from "@redis/client";
import type { Certificates } from "../../gateway/support/certificates.ts";

/** Why this computer has none: the reason for skipping. */
export const missingRedis =
  spawnSync("redis-server", ["--version"]).status === 0 ? undefined : "no redis-server on this computer";

export interface RedisOptions {
  /** Required from clients. */
  readonly password?: string;
  /** Accepts only TLS. */
  readonly tls?: Certificates;
}

export type RedisClient = Awaited<ReturnType<typeof connectClient>>;

export interface Redis {
  readonly url: string;
  /** Contains everything that was ever written. */
  readonly folder: string;
  /** Sends a signal; waits for the end if the signal ends the server. */
  kill(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
  /** Starts it again with its saved data. */
  start(): Promise<void>;
  /** Accesses it directly, not through the service. */
  use<T>(work: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Stops it and deletes its folder. */
  close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const redis = await prepareRedis(options);
  await redis.start();
  return redis;
}

/** Prepares a server without starting it. */
export async function prepareRedis({ password, tls }: RedisOptions = {}): Promise<Redis> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-redis-"));
  const port = String(await freePort());
  const listening = tls ? ["--port", "0", "--tls-port", port] : ["--port", port];
  const settings = [
    ...["--bind", "127.0.0.1", "--dir", folder],
    // Saved before each answer, so that a killed server loses nothing.
    ...["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
    ...(password ? ["--requirepass", password] : []),
    ...(tls ? certificateSettings(folder, tls) : []),
  ];
  const secret = password ? `:${password}@` : "";
  const url = `${tls ? "rediss" : "redis"}://${secret}localhost:${port}`;
  let server: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals) {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  }

  return {
    url,
    folder,
    async kill(signal) {
      if (signal === "SIGKILL") return end(signal);
      server?.kill(signal);
    },
    async start() {
      const child = spawn("redis-server", [...listening, ...settings], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      server = child;
      let said = "";
      await new Promise<void>((ready, failed) => {
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          if (said.includes("Ready to accept connections")) ready();
        });
        child.once("error", failed);
        child.once("exit", () => failed(new Error(`redis-server ended:\n${said}`)));
      });
    },
    async use(work) {
      const client = await connectClient(url, tls);
      try {
        return await work(client);
      } finally {
        client.destroy();
      }
    },
    async close() {
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function connectClient(url: string, tls: Certificates | undefined) {
  return createClient({ url, ...(tls && { socket: { tls: true, ca: tls.ca } }) })
    .on("error", () => undefined)
    .connect();
}

function certificateSettings(folder: string, { cert, key }: Certificates): string[] {
  const [certFile, keyFile] = [path.join(folder, "redis.crt"), path.join(folder, "redis.key")];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  return ["--tls-cert-file", certFile, "--tls-key-file", keyFile, "--tls-auth-clients", "no"];
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen({ host: "127.0.0.1", port: 0 });
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
