import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { install, isInstalled, isNodeRecent } from "../../../scripts/steps/install.mjs";
import { npmProgram } from "../../../scripts/steps/package-program.mjs";
import { makeProject } from "./project.ts";

const say = () => undefined;

describe("isNodeRecent", () => {
  it.each([
    ["20.19.0", true],
    ["20.20.2", true],
    ["24.0.0", true],
    ["20.18.3", false],
    ["18.20.8", false],
  ])("%s: %s", (version, recent) => {
    expect(isNodeRecent(version, ">=20.19")).toBe(recent);
  });
});

describe("isInstalled", () => {
  const wanted = {
    packages: {
      "": { version: "0.1.0" },
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/b": { version: "2.0.0", optional: true },
    },
  };
  const a = wanted.packages["node_modules/a"];

  it.each([
    ["nothing is", undefined, false],
    ["everything is", { packages: wanted.packages }, true],
    ["an optional package of another platform is not", { packages: { "node_modules/a": a } }, true],
    ["a needed package is not", { packages: { "node_modules/b": { version: "2.0.0" } } }, false],
    ["one is older", { packages: { "node_modules/a": { ...a, version: "0.9.0" } } }, false],
    ["one has other contents", { packages: { "node_modules/a": { ...a, integrity: "sha512-x" } } }, false],
    [
      "an optional one is older",
      { packages: { "node_modules/a": a, "node_modules/b": { version: "1.0.0" } } },
      false,
    ],
  ])("knows when %s installed", (_, installed, expected) => {
    expect(isInstalled(wanted, installed)).toBe(expected);
  });

  it("is true for this project, which npm has installed", () => {
    const read = (file: string): object => JSON.parse(readFileSync(file, "utf8")) as object;
    expect(isInstalled(read("package-lock.json"), read("node_modules/.package-lock.json"))).toBe(true);
  });
});

describe("install", () => {
  const lockfile = { packages: { "": {}, "node_modules/a": { version: "1.0.0" } } };

  it("leaves an installed project alone", async () => {
    const root = makeProject({
      "package.json": { engines: { node: ">=20.19" } },
      "package-lock.json": lockfile,
      "node_modules/.package-lock.json": lockfile,
    });
    await install({ root, say, run: () => Promise.reject(new Error("npm must not run")) });
  });

  it("installs with npm ci, development packages included, when something is missing", async () => {
    const root = makeProject({
      "package.json": { engines: { node: ">=20.19" } },
      "package-lock.json": lockfile,
    });
    const commands: unknown[] = [];
    await install({
      root,
      say,
      run: (command, surroundings) => {
        commands.push([command.arguments.slice(-2), surroundings]);
        return Promise.resolve({ code: 0, output: "" });
      },
    });
    expect(commands).toEqual([[["ci", "--include=dev"], { cwd: root }]]);
  });

  it("installs a real project with the real npm, then has nothing left to do", async () => {
    const root = makeProject({
      // Nothing here needs a registry, and npm must not contact one.
      ".npmrc": "audit=false\nfund=false\nupdate-notifier=false\noffline=true\n",
      "package.json": {
        name: "empty",
        version: "1.0.0",
        engines: { node: ">=20.19" },
        dependencies: { inner: "file:inner" },
      },
      "package-lock.json": {
        name: "empty",
        version: "1.0.0",
        lockfileVersion: 3,
        packages: {
          "": { name: "empty", version: "1.0.0", dependencies: { inner: "file:inner" } },
          inner: { version: "1.0.0" },
          "node_modules/inner": { resolved: "inner", link: true },
        },
      },
      "inner/package.json": { name: "inner", version: "1.0.0" },
    });
    await install({ root, say });
    expect(existsSync(path.join(root, "node_modules/inner/package.json"))).toBe(true);
    await install({ root, say, run: () => Promise.reject(new Error("npm must not run again")) });
  });

  it("shows npm's output when it fails", async () => {
    const root = makeProject({
      "package.json": { engines: { node: ">=20.19" } },
      "package-lock.json": lockfile,
    });
    const run = () => Promise.resolve({ code: 7, output: "npm error ENOTFOUND" });
    await expect(install({ root, say, run })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/npm error ENOTFOUND[^]*npm ci ended with code 7/) as string,
    });
  });

  it("asks for a newer Node before anything else", async () => {
    const root = makeProject({ "package.json": { engines: { node: ">=20.19" } } });
    await expect(install({ root, say, nodeVersion: "18.20.8" })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining("Node 18.20.8; KAL needs Node 20.19 or newer") as string,
    });
  });
});

describe("npmProgram", () => {
  const nodePath = "/opt/node/bin/node";

  it.each([
    ["the npm that runs the script", "/usr/lib/npm-cli.js", ["/usr/lib/npm-cli.js"], "/usr/lib/npm-cli.js"],
    ["Node's own npm on Windows", undefined, ["/opt/node/bin/node_modules/npm/bin/npm-cli.js"], undefined],
    ["Node's own npm elsewhere", undefined, ["/opt/node/lib/node_modules/npm/bin/npm-cli.js"], undefined],
    [
      "not another package manager",
      "/usr/lib/yarn.js",
      ["/usr/lib/yarn.js", "/opt/node/lib/node_modules/npm/bin/npm-cli.js"],
      undefined,
    ],
  ])("takes %s", (_, npmPath, files, expected) => {
    const exists = (file: string) => files.includes(file);
    expect(npmProgram(["ci"], { npmPath, nodePath, exists })).toEqual({
      program: nodePath,
      arguments: [expected ?? files.at(-1), "ci"],
    });
  });

  it("else takes the one on the path", () => {
    expect(npmProgram(["ci"], { npmPath: undefined, nodePath, exists: () => false })).toEqual({
      program: "npm",
      arguments: ["ci"],
    });
  });
});
