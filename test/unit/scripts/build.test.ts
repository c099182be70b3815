import { existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { build, hashSources, outputs } from "../../../scripts/steps/build.mjs";
import { addFile, makeProject, packageFiles } from "./project.ts";

const say = () => undefined;

/** A fake webpack: records that it ran and how, then does what src/addin/a.ts says. */
const webpack = `
  const fs = require("node:fs");
  fs.appendFileSync("runs.txt", process.argv.slice(2).join(" ") + "\\n");
  const wish = fs.readFileSync("src/addin/a.ts", "utf8");
  console.log("webpack says", wish);
  if (wish !== "nothing") {
    for (const file of ${JSON.stringify(outputs)}) {
      fs.mkdirSync(require("node:path").dirname(file), { recursive: true });
      fs.writeFileSync(file, "");
    }
  }
  process.exitCode = wish === "broken" ? 1 : 0;
`;
const sources = { "src/addin/a.ts": "one", "package.json": {}, ...packageFiles("webpack-cli", webpack) };
const runs = (root: string) => readFileSync(path.join(root, "runs.txt"), "utf8").trim().split("\n");

describe("hashSources", () => {
  it("depends on names and contents, not on dates", () => {
    const root = makeProject(sources);
    const before = hashSources(root, "addin");
    utimesSync(path.join(root, "src/addin/a.ts"), 0, 0);
    expect(hashSources(root, "addin")).toBe(before);
    addFile(root, "src/addin/a.ts", "two");
    const changed = hashSources(root, "addin");
    expect(changed).not.toBe(before);
    rmSync(path.join(root, "src/addin/a.ts"));
    addFile(root, "src/addin/b.ts", "two");
    expect(hashSources(root, "addin")).not.toBe(changed);
  });

  it("does not mistake a moved boundary between two files for the same sources", () => {
    const together = makeProject({ "src/addin/a.ts": "xsrc/addin/b.ts\n1\ny" });
    const apart = makeProject({ "src/addin/a.ts": "x", "src/addin/b.ts": "y" });
    expect(hashSources(together, "addin")).not.toBe(hashSources(apart, "addin"));
  });
});

describe("build", () => {
  it("runs webpack for production once, and again only after a change", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    await build({ root, say });
    expect(runs(root)).toEqual([
      "--mode production --config-name addin --config-name addin-sign-in --config-name service",
    ]);
    addFile(root, "assets/icon.svg", "<svg/>");
    await build({ root, say });
    expect(runs(root)).toHaveLength(2);
  });

  it("builds the workbench on request, and only it if its sources have changed or its folder is missing", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    await build({ root, say, wanted: ["addin", "service", "workbench"] });
    addFile(root, "src/workbench/page/main.ts", "changed");
    await build({ root, say });
    await build({ root, say, wanted: ["addin", "service", "workbench"] });
    rmSync(path.join(root, "dist/workbench"), { recursive: true });
    await build({ root, say });
    await build({ root, say, wanted: ["addin", "service", "workbench"] });
    expect(runs(root).slice(1)).toEqual([
      "--mode production --config-name workbench --config-name workbench-bridge --config-name workbench-server",
      "--mode production --config-name workbench --config-name workbench-bridge --config-name workbench-server",
      "--mode production --config-name workbench --config-name workbench-bridge --config-name workbench-server",
    ]);
  });

  it("shows everything webpack printed when it fails, and builds again the next time", async () => {
    const root = makeProject({ ...sources, "src/addin/a.ts": "broken" });
    const broken = { exitCode: 1, message: expect.stringContaining("webpack says broken") as string };
    await expect(build({ root, say })).rejects.toMatchObject(broken);
    await expect(build({ root, say })).rejects.toMatchObject(broken);
  });

  it("builds removed outputs again, and reports if webpack leaves nothing", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    rmSync(path.join(root, "dist/addin"), { recursive: true });
    await build({ root, say });
    expect(runs(root)).toHaveLength(2);
    const empty = makeProject({ ...sources, "src/addin/a.ts": "nothing" });
    await expect(build({ root: empty, say })).rejects.toThrow("The build failed");
  });

  it("does not take a failed build for the good one before it", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    addFile(root, "src/addin/a.ts", "broken");
    await expect(build({ root, say })).rejects.toThrow();
    expect(existsSync(path.join(root, "dist/.built-addin"))).toBe(false);
    addFile(root, "src/addin/a.ts", "one");
    await build({ root, say });
    expect(runs(root)).toHaveLength(3);
  });
});
