import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hashSources, outputs } from "../../../scripts/steps/build.mjs";
import { addFile, makeProject } from "./project.ts";

/** A fake service with the interface of the built one: it answers the health check and records how it was closed. */
const gateway = `
  import { appendFileSync } from "node:fs";
  import { createServer } from "node:http";
  export async function startGateway({ environment, sampleEnvironment }) {
    const server = createServer((request, response) => response.writeHead(request.url === "/health/live" ? 200 : 404).end());
    await new Promise((resolve, reject) => server.on("error", reject).listen(Number(environment.KAL_PORT), "localhost", resolve));
    return {
      url: "http://localhost:" + server.address().port,
      async close() {
        // npm passes on the Ctrl-C that the terminal has already sent: it arrives while the service closes.
        if (process.platform !== "win32") process.kill(process.pid, "SIGINT");
        server.close();
        appendFileSync("closed.txt", "gateway, sample " + sampleEnvironment?.id + "\\n");
      },
    };
  }`;
const simulator = `
  import { appendFileSync } from "node:fs";
  export const startSimulator = async () => ({
    environment: { id: "sample" },
    async close() { appendFileSync("closed.txt", "simulator\\n"); },
  });`;

/** A fake workbench on the given port; the gateway behind it gets its own port. */
const workbench = `
  import { createServer } from "node:http";
  export async function startWorkbench({ port, startGateway }) {
    const server = createServer((request, response) => response.writeHead(request.url === "/health/live" ? 200 : 404).end());
    await new Promise((resolve, reject) => server.on("error", reject).listen(port, "localhost", resolve));
    const url = "http://localhost:" + server.address().port;
    const gateway = await startGateway(url);
    return {
      url,
      async close() {
        server.close();
        await gateway.close();
      },
    };
  }`;

/** An installed and built clone with that service in dist/. */
function makeClone() {
  const lockfile = { packages: {} };
  const root = makeProject({
    "package.json": { type: "module", engines: { node: ">=20.19" } },
    "package-lock.json": lockfile,
    "node_modules/.package-lock.json": lockfile,
    "manifest.xml": readFileSync("manifest.xml", "utf8"),
    ...Object.fromEntries(outputs.map((file) => [file, ""])),
    "dist/service/gateway.js": gateway,
    "dist/local/simulator.js": simulator,
    "dist/workbench/server/server.js": workbench,
  });
  for (const folder of ["scripts", "assets", "src/addin/commands"]) {
    cpSync(folder, path.join(root, folder), { recursive: true });
  }
  symlinkSync(path.resolve("node_modules/libxml2-wasm"), path.join(root, "node_modules/libxml2-wasm"), "dir");
  for (const target of ["addin", "service", "local", "workbench"] as const) {
    addFile(root, `dist/.built-${target}`, hashSources(root, target));
  }
  return root;
}

/** Runs a script as npm does. */
function runCommand(root: string, script: string, ...scriptArguments: string[]) {
  const { PATH, TMPDIR } = process.env;
  const child = spawn(process.execPath, [`scripts/${script}`, ...scriptArguments], {
    cwd: root,
    env: { PATH, ...(TMPDIR && { TMPDIR }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed = { stdout: "", stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, ...printed })),
  );
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
      const [, url] = /^ready (.*)\n/m.exec(printed.stdout) ?? [];
      if (url) resolve(url);
    });
    void ended.then(() => reject(new Error(`ended before it was ready: ${printed.stderr}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended };
}

const closings = (root: string) => readFileSync(path.join(root, "closed.txt"), "utf8");

describe("npm start and npm stop", () => {
  it("serve until stopped: one line when ready, everything closed in order, no record left", async () => {
    const root = makeClone();
    const service = runCommand(root, "start.mjs", "--port", "0", "--no-open", "--workbench");
    const url = await service.ready;
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(existsSync(path.join(root, ".kal/running.json"))).toBe(true);

    expect(await runCommand(root, "stop.mjs").ended).toMatchObject({
      code: 0,
      stdout: `KAL at ${url} has ended.\n`,
    });
    expect(await service.ended).toEqual({ code: 0, stdout: `ready ${url}\n`, stderr: "" });
    expect(closings(root)).toBe("gateway, sample sample\nsimulator\n");
    expect(existsSync(path.join(root, ".kal/running.json"))).toBe(false);
  });

  it.runIf(process.platform !== "win32")(
    "closes in order on Ctrl-C, though npm passes the signal on once more",
    async () => {
      const root = makeClone();
      const service = runCommand(root, "start.mjs", "--port", "0", "--no-open", "--no-sample");
      await service.ready;
      service.child.kill("SIGINT");
      expect(await service.ended).toMatchObject({ code: 0 });
      expect(closings(root)).toBe("gateway, sample undefined\n");
    },
  );

  it("says what to do about a taken port", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "localhost", resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const root = makeClone();
    const { code, stdout, stderr } = await runCommand(root, "start.mjs", "--port", String(port), "--no-open")
      .ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`Port ${port} is in use`);
    expect(existsSync(path.join(root, ".kal/running.json"))).toBe(false);
  });

  it("ends with code 2 for a bad option, before anything is installed", async () => {
    const root = makeClone();
    const { code, stderr } = await runCommand(root, "start.mjs", "--prot", "1").ended;
    expect(code).toBe(2);
    expect(stderr).toContain("Unknown option '--prot'");
  });

  it("report that nothing is running at first", async () => {
    expect(await runCommand(makeClone(), "stop.mjs").ended).toMatchObject({
      code: 0,
      stdout: "No KAL service is running.\n",
    });
  });
});

describe("npm run manifest", () => {
  it("writes the organisation's manifest to dist/", async () => {
    const root = makeClone();
    const id = "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1";
    const command = runCommand(root, "manifest.mjs", "--origin", "https://kal.example.com", "--id", id);
    expect(await command.ended).toMatchObject({ code: 0, stderr: "" });
    const written = readFileSync(path.join(root, "dist/manifests/manifest.xml"), "utf8");
    expect(written).toContain(`<Id>${id}</Id>`);
    expect(written).not.toContain("localhost");
  });

  it.each([
    [["--id", "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1"], "--origin is missing"],
    [["--origin", "https://kal.example.com"], "--id is missing"],
    [["--origin", "http://kal.example.com", "--id", "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1"], "is not https"],
  ])("refuses %j with code 2 and writes nothing", async (scriptArguments, message) => {
    const root = makeClone();
    const { code, stderr } = await runCommand(root, "manifest.mjs", ...scriptArguments).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(path.join(root, "dist/manifests/manifest.xml"))).toBe(false);
  });
});

describe("npm test", () => {
  it("ends with its line of counts even when it cannot build", async () => {
    const root = makeClone();
    addFile(root, "src/addin/broken.ts", "!");
    addFile(root, "node_modules/webpack-cli/package.json", { bin: "cli.cjs" });
    addFile(
      root,
      "node_modules/webpack-cli/cli.cjs",
      "console.log('broken.ts does not parse'); process.exitCode = 1;",
    );
    const { code, stdout, stderr } = await runCommand(root, "test.mjs").ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "0 passed, 1 failed, 0 skipped\n" });
    expect(stderr).toContain("broken.ts does not parse");
  });
});
