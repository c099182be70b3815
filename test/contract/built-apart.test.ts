/**
 * The deployed files contain nothing for development and trials: no workbench, no simulator, no formula command, no
 * identity provider for people.
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

const service = filesIn("dist/service");
const deployed = [...filesIn("dist/addin"), ...service, "manifest.xml"];

describe("what is deployed", () => {
  it("is the add-in, and three programs of the service without source maps", () => {
    expect(deployed).toContain(path.join("dist/addin/functions.js"));
    // Chunks that `kal` loads for one of its commands have numbers as names.
    const programs = service.filter((file) => !/^\d+\.js$/.test(path.basename(file)));
    expect(programs.map((file) => path.basename(file)).sort()).toEqual([
      "gateway.js",
      "kal.js",
      "program.js",
    ]);
  });

  it("is built from no source of the workbench or the simulator", () => {
    const maps = [...filesIn("dist/addin"), ...filesIn("dist/maps/service")].filter((file) =>
      file.endsWith(".map"),
    );
    const sources = maps.flatMap((file) => (JSON.parse(read(file)) as { sources: string[] }).sources);
    expect(sources).toEqual(expect.arrayContaining([expect.stringContaining("src/gateway/program.ts")]));
    expect(
      sources.filter((source) => /src\/(workbench|simulator)|univer|oidc-provider/i.test(source)),
    ).toEqual([]);
  });

  it("does not mention the workbench", () => {
    const text = deployed.filter((file) => /\.(js|css|html|json|xml)$/.test(file));
    expect(text.filter((file) => /workbench|univer(?!s)|oidc-provider/i.test(read(file)))).toEqual([]);
  });

  it("installs the packages that the service and `kal manifest` import, and no others", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const programs = [...service, ...filesIn("scripts/manifest")];
    const specifiers = programs.flatMap((file) =>
      Array.from(
        read(file).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"(@?[a-z][^"]*)"/g),
        ([, name = ""]) => name,
      ),
    );
    const packages = new Set(
      specifiers
        .filter((name) => !name.startsWith("node:"))
        .map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/")),
    );
    expect([...packages].sort()).toEqual(Object.keys(dependencies).sort());
  });
});
