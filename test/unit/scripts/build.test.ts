import { existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { build, hashSources, outputs } from "../../../scripts/steps/build.mjs";
import { addFile, makeProject, packageFiles } from "./project.ts";

const say = () => undefined;

/** Stands for webpack: notes that it ran and how, and does as src/a.ts says. */
const webpack = `
  const fs = require("node:fs");
  fs.appendFileSync("runs.txt", process.argv.slice(2).join(" ") + "\\n");
  const wish = fs.readFileSync("src/a.ts", "utf8");
  console.log("webpack says", wish);
  if (wish !== "nothing") {
    for (const file of ${JSON.stringify(outputs)}) {
      fs.mkdirSync(require("node:path").dirname(file), { recursive: true });
      fs.writeFileSync(file, "");
    }
  }
  process.exitCode = wish === "broken" ? 1 : 0;
`;
const sources = { "src/a.ts": "one", "package.json": {}, ...packageFiles("webpack-cli", webpack) };
const runs = (root: string) => readFileSync(path.join(root, "runs.txt"), "utf8").trim().split("\n");

describe("hashSources", () => {
  it("depends on names and contents, not on dates", () => {
    const root = makeProject(sources);
    const before = hashSources(root);
    utimesSync(path.join(root, "src/a.ts"), 0, 0);
    expect(hashSources(root)).toBe(before);
    addFile(root, "src/a.ts", "two");
    const changed = hashSources(root);
    expect(changed).not.toBe(before);
    rmSync(path.join(root, "src/a.ts"));
    addFile(root, "src/b.ts", "two");
    expect(hashSources(root)).not.toBe(changed);
  });

  it("does not mistake a moved boundary between two files for the same sources", () => {
    const together = makeProject({ "src/a.ts": "xsrc/b.ts\n1\ny" });
    const apart = makeProject({ "src/a.ts": "x", "src/b.ts": "y" });
    expect(hashSources(together)).not.toBe(hashSources(apart));
  });
});

describe("build", () => {
  it("runs webpack for production once, and again only after a change", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    await build({ root, say });
    expect(runs(root)).toEqual(["--mode production"]);
    addFile(root, "assets/icon.svg", "<svg/>");
    await build({ root, say });
    expect(runs(root)).toHaveLength(2);
  });

  it("shows everything webpack printed when it fails, and builds again the next time", async () => {
    const root = makeProject({ ...sources, "src/a.ts": "broken" });
    const broken = { exitCode: 1, message: expect.stringContaining("webpack says broken") as string };
    await expect(build({ root, say })).rejects.toMatchObject(broken);
    await expect(build({ root, say })).rejects.toMatchObject(broken);
  });

  it("builds again what somebody has removed, and says so where webpack leaves nothing", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    rmSync(path.join(root, "dist/addin"), { recursive: true });
    await build({ root, say });
    expect(runs(root)).toHaveLength(2);
    const empty = makeProject({ ...sources, "src/a.ts": "nothing" });
    await expect(build({ root: empty, say })).rejects.toThrow("The build failed");
  });

  it("does not take a failed build for the good one before it", async () => {
    const root = makeProject(sources);
    await build({ root, say });
    addFile(root, "src/a.ts", "broken");
    await expect(build({ root, say })).rejects.toThrow();
    expect(existsSync(path.join(root, "dist/.build-stamp"))).toBe(false);
    addFile(root, "src/a.ts", "one");
    await build({ root, say });
    expect(runs(root)).toHaveLength(3);
  });
});
