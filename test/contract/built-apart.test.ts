/**
 * The workbench is for developing and trying: nothing that is deployed holds it or knows of it.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

const deployed = [...filesIn("dist/addin"), ...filesIn("dist/service"), "manifest.xml"];
/** The command that evaluates one formula; it has the emulated Excel, and is for the command line. */
const formulaCommand = /^dist.service.formula\.js/;

describe("what is deployed", () => {
  it("is all there", () => {
    expect(deployed).toEqual(
      expect.arrayContaining(["addin/functions.js", "service/program.js"].map(inDist)),
    );
  });

  it("is built from no source of the workbench", () => {
    const maps = deployed.filter((file) => file.endsWith(".map") && !formulaCommand.test(file));
    const sources = maps.flatMap((file) => (JSON.parse(read(file)) as { sources: string[] }).sources);
    expect(sources).toEqual(expect.arrayContaining([expect.stringContaining("src/gateway/program.ts")]));
    expect(sources.filter((source) => /src\/workbench|univer/i.test(source))).toEqual([]);
  });

  it("does not speak of it", () => {
    const text = deployed.filter(
      (file) => /\.(js|css|html|json|xml)$/.test(file) && !formulaCommand.test(file),
    );
    expect(text.filter((file) => /workbench|univer(?!s)/i.test(read(file)))).toEqual([]);
  });

  it("needs none of its packages", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const names = Object.keys(dependencies);
    expect(names).toContain("fastify");
    expect(names.filter((name) => /univer|office-js|react|http-proxy|idb/.test(name))).toEqual([]);
  });
});

function inDist(file: string): string {
  return path.join("dist", file);
}
