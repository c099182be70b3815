/**
 * The administrator's guide: every command of it, in its order, on a machine of its own. What would change this computer
 * (accounts, services, containers) is a stand-in that does the same in a folder, or notes what it was told.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { release } from "../../scripts/steps/release.mjs";
import { makeCertificates } from "../gateway/support/certificates.ts";
import { startVendor, type Vendor } from "../gateway/support/vendor.ts";
import { describeOwnEnvironment } from "../gateway/support/own-environment.ts";
import { blocks, redisCommands } from "./support/guide.ts";
import { freePort, missingRedis, type Redis, startRedis } from "../operations/support/redis.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const missing =
  missingRedis ??
  ["promtool", "nginx", "haproxy", "curl", "openssl"]
    .filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0)
    .map((name) => `no ${name} on this computer`)[0];

/** Stand-ins, in the words of the shell. Each notes its call in $MACHINE/calls. */
const standIns: Readonly<Record<string, string>> = {
  sudo: 'if [ "$1" = -u ]; then shift 2; fi; exec "$@"',
  useradd: "",
  userdel: "",
  chown: "",
  docker: 'for file in "$@"; do case $file in *.yaml) test -s "$file";; esac; done',
  kubectl: 'for at in "$@"; do case $at in /*) ls "$at" > /dev/null;; esac; done',
  // One service, with the settings of its unit.
  systemctl: `
    stop() { if [ -f $MACHINE/pid ]; then kill $(cat $MACHINE/pid); while kill -0 $(cat $MACHINE/pid) 2> /dev/null; do sleep 0.1; done; rm $MACHINE/pid; fi; }
    start() {
      unit=$MACHINE/etc/systemd/system/kal.service
      set -a; . $MACHINE$(sed -n 's/^EnvironmentFile=//p' $unit)
      $(sed -n "s#^ExecStart=/usr/bin/node #node $MACHINE#p" $unit) > $MACHINE/log 2>&1 < /dev/null & echo $! > $MACHINE/pid; }
    case "$*" in
      daemon-reload) ;;
      "enable --now kal") start ;;
      "restart kal") stop; start ;;
      "disable --now kal") stop ;;
      *) echo "what is $*?" >&2; exit 1 ;;
    esac`,
};

describe.skipIf(missing)(["the guide", missing].filter(Boolean).join(": "), () => {
  let machine: string;
  let redis: Redis;
  let vendor: Vendor;
  let environment: NodeJS.ProcessEnv;
  let replaced: Readonly<Record<string, string>>;

  beforeAll(async () => {
    redis = await startRedis();
    vendor = await startVendor();
    machine = path.join(redis.folder, "machine");
    const bin = path.join(machine, "bin");
    for (const folder of ["bin", "release", "etc/systemd/system", "etc/nginx", "etc/haproxy"]) {
      mkdirSync(path.join(machine, folder), { recursive: true });
    }
    await release({ root: process.cwd(), folder: path.join(machine, "release") });
    for (const [name, body] of Object.entries(standIns)) {
      const file = path.join(bin, name);
      writeFileSync(file, `#!/bin/bash\nset -e\necho "${name} $*" >> $MACHINE/calls\n${body}\n`);
      chmodSync(file, 0o755);
    }
    // The proxies' own files, with a certificate and names that this computer knows.
    const { cert, key } = await makeCertificates(["kal.example.com"]);
    const pem = path.join(machine, "kal.pem");
    writeFileSync(pem, cert + key);
    const nginx = path.join(machine, "etc/nginx/nginx.conf");
    copyFileSync("deploy/nginx/kal.conf", `${nginx}.site`);
    writeFileSync(
      nginx,
      `pid ${machine}/nginx.pid; error_log stderr; events {} http { access_log off; include ${nginx}.site; }`,
    );
    // What the guide tells to ask of Redis for a user of its own.
    await redis.use((client) =>
      client.sendCommand(["ACL", "SETUSER", "kal", "on", ">PASSWORD", "~kal:*", ...redisCommands]),
    );
    const [port, metrics] = [await freePort(), await freePort()];
    environment = {
      PATH: `${bin}:${path.dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`,
      MACHINE: machine,
    };
    replaced = {
      "/opt/kal": path.join(machine, "opt/kal"),
      "/etc/": path.join(machine, "etc/"),
      "rediss://kal:PASSWORD@redis.example.com:6380/0": redis.url.replace(
        "redis://",
        "redis://kal:PASSWORD@",
      ),
      "localhost:3000": `localhost:${port}`,
      "localhost:9464": `localhost:${metrics}`,
    };
    const inFiles = { ...replaced, "3000": String(port), "9464": String(metrics) };
    const change = (text: string, with_: Readonly<Record<string, string>>) =>
      Object.entries(with_).reduce((result, [from, to]) => result.replaceAll(from, to), text);
    editFiles = () => {
      const file = (name: string) => path.join(machine, "etc/kal", name);
      const settings = change(readFileSync(file("kal.env"), "utf8"), inFiles);
      writeFileSync(
        file("kal.env"),
        `${settings.replace(/^KAL_ORIGIN=.*$/m, `KAL_ORIGIN=http://localhost:${port}`)}KAL_ALLOW_LOOPBACK=1\n`,
      );
      const { KAL_CONFIG: own } = describeOwnEnvironment(machine, {
        authority: vendor.origin,
        api: vendor.origin,
      });
      const kalJson = JSON.parse(readFileSync(file("kal.json"), "utf8")) as {
        connections: { environment: string; tenant?: string }[];
        environments: object[];
        signIn: { authority?: string };
      };
      const { environments } = JSON.parse(readFileSync(own, "utf8")) as { environments: object[] };
      // The built-in environment as well: nothing here reaches Microsoft.
      kalJson.environments = environments.flatMap((each) => [each, { ...each, id: "sandpit" }]);
      kalJson.signIn.authority = vendor.origin;
      for (const connection of kalJson.connections) connection.environment = "own";
      writeFileSync(file("kal.json"), JSON.stringify(kalJson));
    };
    editProxy = () => {
      const text = readFileSync("deploy/haproxy/haproxy.cfg", "utf8");
      writeFileSync(
        path.join(machine, "etc/haproxy/haproxy.cfg"),
        change(text, { "/etc/haproxy/kal.pem": pem, "kal-1:": "127.0.0.1:", "kal-2:": "127.0.0.1:" }),
      );
      const site = readFileSync(`${nginx}.site`, "utf8");
      writeFileSync(
        `${nginx}.site`,
        change(site, {
          "/etc/nginx/tls/kal.crt": pem,
          "/etc/nginx/tls/kal.key": pem,
          "kal-1:": "127.0.0.1:",
          "kal-2:": "127.0.0.1:",
        }),
      );
    };
    editProxy();
  });

  let editFiles: () => void;
  let editProxy: () => void;

  afterAll(async () => {
    const pid = machine && path.join(machine, "pid");
    if (pid && existsSync(pid)) process.kill(Number(readFileSync(pid, "utf8")), "SIGKILL");
    await vendor?.close();
    await redis?.close();
  });

  /** Runs a block as it stands, but for the places that are this machine's. */
  async function run(block: string): Promise<{ status: number | null; output: string }> {
    const script = Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), block);
    const child = spawn("bash", ["--norc", "-euo", "pipefail", "-c", script], {
      cwd: path.join(machine, "release"),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
    // Not “close”: a service that was started holds the streams.
    const [status] = (await once(child, "exit")) as [number | null];
    return { status, output };
  }

  it("has its commands in blocks of the shell", () => {
    expect(blocks.length).toBeGreaterThan(12);
  });

  it.each(blocks.map((block, at) => [at + 1, block.split("\n")[0], block] as const))(
    "block %i runs: %s",
    async (_, _first, block) => {
      // The editing that the text asks for comes before the check of the installation.
      if (block.includes("mjs check") && !existsSync(path.join(machine, "edited"))) {
        editFiles();
        writeFileSync(path.join(machine, "edited"), "");
      }
      const { status, output } = await run(block);
      const log = path.join(machine, "log");
      expect(status, output + (existsSync(log) ? readFileSync(log, "utf8") : "")).toBe(0);
      if (block.includes("mjs check")) expect(output).toContain("Nothing has failed.");
    },
  );

  it("left nothing behind", () => {
    expect(existsSync(path.join(machine, "opt/kal"))).toBe(false);
    expect(existsSync(path.join(machine, "pid"))).toBe(false);
  });
});
