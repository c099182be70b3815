/**
 * The proxies of Debian with the configurations of `deploy/`, in front of services of this computer.
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import type { Certificates } from "../../gateway/support/certificates.ts";

const deploy = path.resolve(import.meta.dirname, "../../../deploy");

export type ProxyName = "nginx" | "haproxy";

/** Why a proxy cannot run here: the reason of a skip. */
export function missingProxy(name: ProxyName): string | undefined {
  return spawnSync(name, ["-v"]).error ? `no ${name} on this computer` : undefined;
}

export interface ProxyOptions {
  /** For its files. */
  readonly folder: string;
  readonly port: number;
  /** Of the services behind it. */
  readonly ports: readonly [number, number];
  readonly certificates: Certificates;
}

export interface Proxy {
  /** Sends no new request to this service, by the administrator's own hand. Does nothing where the proxy asks itself. */
  takeOut(service: 0 | 1): Promise<void>;
  /** The opposite. */
  putBack(service: 0 | 1): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(name: ProxyName, options: ProxyOptions): Promise<Proxy> {
  const proxy = await { nginx: startNginx, haproxy: startHaproxy }[name](options);
  await untilListening(options.port);
  return proxy;
}

async function startNginx({ folder, port, ports, certificates }: ProxyOptions): Promise<Proxy> {
  const [crt, key] = [path.join(folder, "kal.crt"), path.join(folder, "kal.key")];
  writeFileSync(crt, certificates.cert);
  writeFileSync(key, certificates.key);
  const site = replaceAll(readFileSync(path.join(deploy, "nginx/kal.conf"), "utf8"), {
    "listen 443": `listen 127.0.0.1:${port}`,
    "/etc/nginx/tls/kal.crt": crt,
    "/etc/nginx/tls/kal.key": key,
    "kal-1:3000": `127.0.0.1:${ports[0]}`,
    "kal-2:3000": `127.0.0.1:${ports[1]}`,
  });
  const siteFile = path.join(folder, "kal.conf");
  writeFileSync(siteFile, site);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((part) => {
    mkdirSync(path.join(folder, part));
    return `${part}_temp_path ${path.join(folder, part)};`;
  });
  const main = path.join(folder, "nginx.conf");
  writeFileSync(
    main,
    `daemon off; worker_processes 1; pid ${path.join(folder, "nginx.pid")}; error_log stderr warn;
     ${process.getuid?.() === 0 ? "user root;" : ""}
     events { worker_connections 1024; }
     http { access_log off; ${temporary.join(" ")} include ${siteFile}; }`,
  );
  const child = spawn("nginx", ["-c", main, "-e", "stderr"], { stdio: ["ignore", "inherit", "inherit"] });
  const out = new Set<number>();
  const reload = async () => {
    const lines = site.replaceAll(/127\.0\.0\.1:(\d+) max_fails=0/g, (line, at: string) =>
      out.has(ports.indexOf(Number(at))) ? `${line} down` : line,
    );
    writeFileSync(siteFile, lines);
    child.kill("SIGHUP");
    // nginx does not say when its new worker has taken over.
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  return {
    takeOut: (service) => {
      out.add(service);
      return reload();
    },
    putBack: (service) => {
      out.delete(service);
      return reload();
    },
    close: () => end(child),
  };
}

async function startHaproxy({ folder, port, ports, certificates }: ProxyOptions): Promise<Proxy> {
  const pem = path.join(folder, "kal.pem");
  writeFileSync(pem, certificates.cert + certificates.key);
  const file = path.join(folder, "haproxy.cfg");
  writeFileSync(
    file,
    replaceAll(readFileSync(path.join(deploy, "haproxy/haproxy.cfg"), "utf8"), {
      "bind :443": `bind 127.0.0.1:${port}`,
      "/etc/haproxy/kal.pem": pem,
      " kal-1:3000": ` 127.0.0.1:${ports[0]}`,
      " kal-2:3000": ` 127.0.0.1:${ports[1]}`,
      "log stdout format raw local0 info": "log stdout format raw local0 err",
    }),
  );
  const child = spawn("haproxy", ["-f", file, "-db"], { stdio: ["ignore", "ignore", "inherit"] });
  const itself = async () => undefined;
  return { takeOut: itself, putBack: itself, close: () => end(child) };
}

/** Replaces what a test has differently, and nothing else. @throws where the text does not have it. */
export function replaceAll(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`“${from}” is not there any more`);
    return result.replaceAll(from, to);
  }, text);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

async function untilListening(port: number): Promise<void> {
  for (let looks = 0; !(await isListening(port)); looks++) {
    if (looks === 100) throw new Error(`nothing listens on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
