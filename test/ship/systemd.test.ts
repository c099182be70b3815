/**
 * The systemd unit: every word of it known to systemd, and little that the service could do beyond its work.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withFolder } from "../gateway/support/gateway.ts";
import { variables } from "../../src/gateway/configuration/variables.ts";
import { replaceAll } from "./support/proxy.ts";

const missing = spawnSync("systemd-analyze", ["--version"]).error
  ? "no systemd-analyze on this computer"
  : undefined;

const unit = readFileSync("deploy/systemd/kal.service", "utf8");

/** Runs systemd-analyze on a unit whose program is on this computer. */
function analyze(content: string, ...command: string[]) {
  return withFolder((folder) => {
    const file = path.join(folder, "kal.service");
    writeFileSync(
      file,
      replaceAll(content, { "/usr/bin/node /opt/kal/bin/kal.mjs": process.execPath, "=kal\n": "=daemon\n" }),
    );
    const { status, stdout, stderr } = spawnSync("systemd-analyze", [...command, file], { encoding: "utf8" });
    return Promise.resolve({ status, stdout, stderr });
  });
}

describe.skipIf(missing)(["the unit", missing].filter(Boolean).join(": "), () => {
  it("is understood to the last word", async () => {
    expect(await analyze(unit, "verify")).toMatchObject({ status: 0, stderr: "" });
  });

  it("would be refused with a word that systemd does not know", async () => {
    const { stderr } = await analyze(unit.replace("NoNewPrivileges", "NoNewPrivilege"), "verify");
    expect(stderr).toContain("NoNewPrivilege");
  });

  it("lets Node ask for what V8 needs", () => {
    // Which calls systemd counts among the usual ones depends on its version: booted.test.ts runs it on one.
    expect(unit).toMatch(/^SystemCallFilter=.*@pkey$/m);
    expect(unit).toMatch(/^SystemCallErrorNumber=EPERM$/m);
  });

  it("leaves the service almost nothing to do harm with", async () => {
    const { status, stdout } = await analyze(unit, "security", "--offline=true", "--threshold=20");
    expect(status, stdout).toBe(0);
  });
});

it("gives a stopping service the time that it may take", () => {
  const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? [];
  const [, delay] = /^KAL_STOP_DELAY=(\d+)$/m.exec(readFileSync("deploy/systemd/kal.env", "utf8")) ?? [];
  expect(Number(seconds)).toBeGreaterThan(Number(delay) + variables.pullTimeout.default + 10);
});
