/**
 * The guide's own commands on a machine that systemd has booted: accounts, permissions and the unit are real. The machine
 * is a container with this computer's files below its own, which are gone afterwards, and with a network of its own.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { release } from "../../scripts/steps/release.mjs";
import { missingRedis } from "../operations/support/redis.ts";
import { blocks, redisCommands } from "./support/guide.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const tools = ["systemd-nspawn", "useradd", "runuser", "openssl", "curl"];

function findMissing(): string | undefined {
  const tool = tools.find((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
  if (tool) return `no ${tool} on this computer`;
  const mounts = spawnSync("unshare", ["--mount", "sh", "-ec", overlay("/mnt")]).status === 0;
  return mounts ? missingRedis : "no permission for mounts of its own";
}

/** This computer's files with a layer in memory above them, at `place`/root. */
const overlay = (place: string) => `
mount -t tmpfs none ${place}
mkdir ${place}/new ${place}/work ${place}/root
mount -t overlay overlay -o lowerdir=/,upperdir=${place}/new,workdir=${place}/work ${place}/root
`;

const missing = findMissing();

/** Runs outside: lays the machine's own files, boots it, and ends when its only task has ended. */
const boot = `
set -eu
${overlay("/mnt")}
rm -rf /mnt/root/etc/systemd/system/*.wants /mnt/root/opt/kal /mnt/root/etc/kal
: > /mnt/root/etc/machine-id
cp -r "$FILES"/. /mnt/root/
# What systemd-nspawn leaves behind of its own.
mkdir -p /run/systemd
mount -t tmpfs none /run/systemd
timeout -s KILL 100 systemd-nspawn --quiet --register=no --keep-unit --private-network --link-journal=no \\
  --machine kal --directory /mnt/root --boot systemd.unit=task.target < /dev/null > /dev/null 2>&1 || true
cat /mnt/root/output
`;

/** The machine's task; it is switched off afterwards. */
const task = `[Unit]
SuccessAction=exit
FailureAction=exit
After=systemd-user-sessions.service
[Service]
Type=oneshot
WorkingDirectory=/release
Environment=PATH=/machine:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/bin/bash -euo pipefail /machine/task
StandardOutput=file:/output
StandardError=file:/output
`;

/** The first block with all these words. */
function block(...words: string[]): string {
  const found = blocks.find((text) => words.every((word) => text.includes(word)));
  if (found === undefined) throw new Error(`no block with ${words.join(", ")}`);
  return found;
}

const ready =
  "curl --fail --silent --retry 60 --retry-delay 1 --retry-all-errors http://localhost:3000/health/ready";
const say = (name: string, command: string) => `echo; echo "${name}: $(${command})"`;
const show = (property: string) => `systemctl show --value --property ${property} kal`;

const script = [
  "trap 'test $? = 0 || journalctl --unit kal --no-pager --lines 50' EXIT",
  // It is in the background before it listens.
  "redis-server --save '' --daemonize yes > /dev/null",
  "until redis-cli ping > /dev/null 2>&1; do sleep 0.1; done",
  `redis-cli ACL SETUSER kal on '>PASSWORD' '~kal:*' ${redisCommands.map((word) => `'${word}'`).join(" ")}`,
  block("sha256sum"),
  block("useradd"),
  // The editing that the text asks for: this machine has no network, and no name but its own.
  "sed -i 's#^KAL_CONFIG=.*##; s#^KAL_ORIGIN=.*#KAL_ORIGIN=http://localhost:3000#' /etc/kal/kal.env",
  "echo redis://kal:PASSWORD@localhost:6379/0 > /etc/kal/secrets/redis-url",
  block("enable --now kal"),
  say("runs as", `ps -o user= -p "$(${show("MainPID")})"`),
  say("a secret", "runuser -u daemon -- cat /etc/kal/secrets/cache-key 2>&1 || true"),
  `systemctl kill --signal KILL kal && sleep 1 && ${ready}`,
  say("restarted", show("NRestarts")),
  block("restart kal", "previous-cache-key"),
  ready,
  "systemctl stop kal",
  say("exit code", show("ExecMainStatus")),
  block("userdel"),
  say("left", "ls -d /opt/kal /etc/kal /etc/systemd/system/kal.service 2> /dev/null || true"),
].join("\n");

describe.skipIf(missing)(["a booted machine", missing].filter(Boolean).join(": "), () => {
  let work: string;
  let output: string;

  beforeAll(async () => {
    work = mkdtempSync(path.join(os.tmpdir(), "kal-booted-"));
    const files = path.join(work, "files");
    for (const folder of ["machine", "etc/systemd/system", "usr/bin"]) {
      mkdirSync(path.join(files, folder), { recursive: true });
    }
    await release({ root: process.cwd(), folder: path.join(files, "release") });
    // Where the unit expects it, and readable for every user.
    copyFileSync(process.execPath, path.join(files, "usr/bin/node"));
    writeFileSync(path.join(files, "machine/task"), script);
    const sudo =
      '#!/bin/sh\nif [ "$1" = -u ]; then user=$2; shift 2; exec runuser -u "$user" -- "$@"; fi\nexec "$@"\n';
    writeFileSync(path.join(files, "machine/sudo"), sudo, { mode: 0o755 });
    writeFileSync(path.join(files, "etc/systemd/system/task.service"), task);
    writeFileSync(
      path.join(files, "etc/systemd/system/task.target"),
      "[Unit]\nRequires=basic.target task.service\nAfter=basic.target\n",
    );
    const { stdout, stderr } = spawnSync("unshare", ["--mount", "sh", "-c", boot], {
      env: { ...process.env, FILES: files },
      encoding: "utf8",
    });
    output = stdout + stderr;
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it.each([
    ["the unit's user", "runs as", "kal"],
    ["secrets that nobody else reads", "a secret", "cat: /etc/kal/secrets/cache-key: Permission denied"],
    ["a service again after it was killed", "restarted", "1"],
    ["a service that ends in order", "exit code", "0"],
    ["nothing after the removal", "left", ""],
  ])("has %s", (_, name, value) => {
    expect(output.split("\n"), output).toContain(`${name}: ${value}`);
  });
});
