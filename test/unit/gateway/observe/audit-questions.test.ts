/** The questions of the administrator's guide, asked of an audit that the service has written. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Audit, openAudit } from "../../../../src/gateway/observe/audit.ts";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../../docs/administrator.md"), "utf8");
const commands = guide.split("\n").filter((line) => line.startsWith("jq "));
/** Not every computer has it; the guide's lines are checked for their form there. */
const hasJq = spawnSync("jq", ["--version"]).status === 0;

const ada = { tenant: "t", objectId: "aa11bb22-cc33-4d44-8e55-ff6677889900", roles: ["Pricing.Read"] };
const ben = { ...ada, objectId: "bb22cc33-dd44-4e55-8f66-007788990011" };
const folder = mkdtempSync(path.join(os.tmpdir(), "kal-audit-"));

beforeAll(async () => {
  let time = Date.parse("2026-11-29T23:00:00Z");
  const settings = { file: path.join(folder, "audit.jsonl"), names: false, maxMegabytes: 1, maxFiles: 2 };
  const audit = openAudit({ settings, log: pino({ level: "silent" }), now: () => time });
  const use = (more: Partial<Parameters<Audit["write"]>[0]>) => {
    const usual = { event: "use", outcome: "ok", requestId: `r${time}`, operation: "query" } as const;
    audit.write({ ...usual, analyst: ada, connection: "pricing", collection: "price", ...more });
    time += 3_600_000;
  };
  use({ query: "(entityVariant=Own)", rows: 10 });
  use({ query: "(id=1)", rows: 5 });
  use({ analyst: ben, collection: "site", rows: 7 });
  use({ analyst: ben, outcome: "KAL_FORBIDDEN" });
  audit.write({ event: "sign-in", outcome: "expired", requestId: "refused" });
  await audit.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [
    "What one person asked for since a day",
    (lines: string[]) => {
      expect(lines.map((line) => (JSON.parse(line) as { query: string }).query)).toEqual(["(id=1)"]);
    },
  ],
  [
    "Who read prices through a connection",
    (lines: string[]) => {
      expect(lines.map((line) => line.split("\t").slice(1))).toEqual([
        [ada.objectId, "(entityVariant=Own)", "10"],
        [ada.objectId, "(id=1)", "5"],
        [ben.objectId, "", ""],
      ]);
    },
  ],
  [
    "Uses and rows by person",
    (lines: string[]) => {
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        { objectId: ada.objectId, uses: 2, rows: 15 },
        { objectId: ben.objectId, uses: 2, rows: 7 },
      ]);
    },
  ],
  [
    "Refused sign-ins, and uses that failed",
    (lines: string[]) => {
      expect(lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual([
        "KAL_FORBIDDEN",
        "expired",
      ]);
    },
  ],
] as const)("%s", (question, check) => {
  const after = guide.slice(guide.indexOf(`# ${question}\n`));
  const command = commands.find((line) => after.split("\n")[1] === line) ?? "";
  const [, flags = "", filter = ""] = /^jq (-.*?) '(.*)' audit\.jsonl$/.exec(command) ?? [];
  expect([flags, filter]).not.toContain("");
  if (!hasJq) return;
  const { stdout, stderr } = spawnSync("jq", [...flags.split(" "), filter, "audit.jsonl"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  check(stdout.replace(/\n$/, "").split("\n"));
});
