/** The release in an empty folder: packed, unpacked, started and checked with nothing but Node. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { release } from "../../scripts/steps/release.mjs";
import { connectBody } from "../gateway/support/own-environment.ts";
import { withOrganisation } from "./support/organisation.ts";
import { missingRedis } from "./support/redis.ts";
import { startReplica } from "./support/replica.ts";

const root = path.resolve(import.meta.dirname, "../..");
// npm reads and packs hundreds of folders, which takes minutes on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let work: string;
let files: string[];
/** The folder with the unpacked package. */
let product: string;

beforeAll(async () => {
  work = mkdtempSync(path.join(os.tmpdir(), "kal-release-test-"));
  files = await release({ root, folder: path.join(work, "release") });
  mkdirSync(path.join(work, "bare"));
  const [archive = ""] = files;
  expect(spawnSync("tar", ["xzf", archive, "-C", path.join(work, "bare")]).status).toBe(0);
  product = path.join(work, "bare/package");
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs `kal` in a folder of its own, outside our node_modules. */
function kal(argv: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(product, "bin/kal.mjs"), ...argv],
    {
      cwd: work,
      env: environment,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

it("produces the same bytes every time", async () => {
  const umask = process.umask(0o077);
  try {
    const again = await release({ root, folder: path.join(work, "again") });
    expect(again.map((file) => path.basename(file))).toEqual(files.map((file) => path.basename(file)));
    for (const [at, file] of again.entries())
      expect(readFileSync(file).equals(readFileSync(files[at]!))).toBe(true);
  } finally {
    process.umask(umask);
  }
});

it("contains the product and its packages, and nothing that only developers need", () => {
  const all = readdirSync(product, { recursive: true, encoding: "utf8" });
  expect(all).toEqual(
    expect.arrayContaining(["dist/addin/taskpane.html", "dist/service/program.js", "manifest.xml"]),
  );
  expect(
    all.filter((file) => file.endsWith(".map") || /simulator|workbench/.test(path.basename(file))),
  ).toEqual([]);
  expect(all.filter((file) => /^node_modules\/(vitest|webpack|office-addin-[a-z-]+)$/.test(file))).toEqual(
    [],
  );
  const names = JSON.parse(readFileSync(path.join(product, "package.json"), "utf8")) as {
    dependencies: object;
  };
  const sbom = JSON.parse(readFileSync(files[1]!, "utf8")) as { components: { name: string }[] };
  const described = sbom.components.map(({ name }) => name);
  const licences = readFileSync(files[2]!, "utf8");
  for (const name of Object.keys(names.dependencies)) {
    expect(all).toContain(`node_modules/${name}`);
    expect(described).toContain(name);
    expect(licences).toContain(`${name} `);
  }
});

it("writes an organisation's manifests with what it holds", () => {
  const id = "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1";
  const options = ["--origin", "https://kal.example.com", "--id", id, "--folder", "manifests"];
  expect(kal(["manifest", ...options])).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(path.join(work, "manifests/manifest.xml"), "utf8")).toContain(`<Id>${id}</Id>`);
  const made = JSON.parse(readFileSync(path.join(work, "manifests/manifest.json"), "utf8")) as object;
  expect(made).toMatchObject({
    extensions: [{ alternates: [{ hide: { customOfficeAddin: { officeAddinId: id } } }] }],
  });
  expect(readFileSync(path.join(work, "manifests/manifest.zip")).length).toBeGreaterThan(5_000);
  expect(kal(["manifest"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--support") as string,
  });
});

it("prints its version, and its usage after a wrong command or option", () => {
  expect(kal(["version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  for (const argv of [["begin"], ["check", "--jsn"], ["start", "--port", "80"]]) {
    expect(kal(argv)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("kal <command>") as string,
    });
  }
});

const whole = ["the service with Redis", missingRedis].filter(Boolean).join(": ");

it.skipIf(missingRedis)(`${whole} serves pages and data, stops on SIGTERM, and is found sound`, () =>
  withOrganisation(async ({ redis, vendor, variables }) => {
    const service = await startReplica(variables, path.join(product, "bin/kal.mjs"), ["start"]);
    expect((await service.call("GET", "/health/ready")).status).toBe(200);
    expect((await service.call("GET", "/functions.json")).status).toBe(200);
    const { ticket } = await service.connect(connectBody);
    expect((await service.call("GET", "/api/v1/status", { ticket })).status).toBe(200);
    expect(await service.kill("SIGTERM")).toBe(0);

    const previous = { KAL_PREVIOUS_CACHE_KEY: "q8Zt1Vw5Yb3Nc7Md9Lf0Kg2Jh4Pr6Xs8" };
    const { stdout } = kal(["check"], { ...variables, ...previous });
    expect(stdout).toContain(`${new URL(redis.url).host} answers`);
    expect(stdout).toMatch(/ok +Redis +version \d/);
    expect(stdout).toMatch(/ok +Redis +maxmemory-policy noeviction/);
    const wrong = kal(["check"], { ...variables, KAL_REDIS_URL: redis.url.replace("//", "//kal:wrong@") });
    expect(wrong.stdout).toContain("correct the user name and password in KAL_REDIS_URL");
    expect(stdout).toMatch(/advice +cache key +KAL_PREVIOUS_CACHE_KEY is set: empty it/);
    expect(stdout).toContain(`identity provider ${new URL(vendor.origin).host}`);
  }),
);
