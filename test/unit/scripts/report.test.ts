import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { report } from "../../../scripts/steps/report.mjs";
import { makeProject } from "./project.ts";

const url = "https://localhost:3000";
const packageFile = { "package.json": { version: "1.2.3" } };
const running = { ".kal/running.json": { pid: 42, mode: "excel", url } };

/** A service that answers with these bodies, and with 404 for other pages. */
function service(bodies: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const ask = (origin: string, page: string) => {
    asked.push(origin + page);
    const body = bodies[page];
    return Promise.resolve({ status: body === undefined ? 404 : 200, body: body ?? "" });
  };
  return { ask, asked };
}

const lines = async (options: Partial<Parameters<typeof report>[0]> & { root: string }) =>
  (
    await report({
      platform: "win32",
      environment: { npm_config_user_agent: "npm/10.8.2 node/v20.19.0 win32 x64 workspaces/false" },
      excel: () => Promise.resolve("16.0.17928.20114 O365ProPlusRetail"),
      ask: () => Promise.resolve(undefined),
      now: new Date("2026-11-30T12:00:00Z"),
      ...options,
    })
  ).split("\n");

describe("report", () => {
  it("says what the add-in runs on, and asks the service what it is", async () => {
    const { ask, asked } = service({
      "/health/live": "{}",
      "/health/ready": "{}",
      "/api/v1/openapi.json": JSON.stringify({ info: { version: "1.2.2" } }),
    });
    expect(await lines({ root: makeProject({ ...packageFile, ...running }), ask })).toEqual([
      "KAL report of this computer, 2026-11-30T12:00:00.000Z",
      "KAL: 1.2.3",
      `System: win32 ${os.release()} ${process.arch}`,
      `Node: ${process.versions.node}`,
      "npm: 10.8.2",
      "Excel: 16.0.17928.20114 O365ProPlusRetail",
      "Service: started for excel, 1.2.2; /health/live 200, /health/ready 200",
      "",
    ]);
    expect(new Set(asked.map((address) => new URL(address).origin))).toEqual(new Set([url]));
  });

  it.each([
    [packageFile, "Service: not started"],
    [
      { ...packageFile, ...running },
      "Service: started for excel, version unknown; /health/live does not answer, /health/ready does not answer",
    ],
  ])("says that no service is there", async (files, expected) => {
    expect(await lines({ root: makeProject(files) })).toContain(expected);
  });

  it("holds nothing that is kept in the folder or the environment, whatever the service answers", async () => {
    const canary = "canary-7f3a";
    const root = makeProject({
      ...packageFile,
      ".kal/running.json": { pid: 42, mode: "excel", url, ticket: canary },
      ".kal/sessions.json": { secret: canary },
      ".kal/service.log": canary,
      "kal.json": { connections: [{ label: canary }] },
    });
    const { ask } = service({
      "/health/live": canary,
      "/health/ready": canary,
      "/api/v1/openapi.json": JSON.stringify({ info: { version: canary }, connections: [canary] }),
    });
    const text = (await lines({ root, ask, environment: { KAL_CACHE_KEY: canary } })).join("\n");
    expect(text).toContain("version unknown");
    for (const kept of [canary, root, path.basename(root), os.homedir(), os.hostname()]) {
      expect(text).not.toContain(kept);
    }
  });
});
