import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { writeManifests } from "../../../scripts/manifest/command.mjs";
import { derivedId, jsonManifest } from "../../../scripts/manifest/json-manifest.mjs";
import { organisationManifest } from "../../../scripts/manifest/organisation.mjs";
import { zip } from "../../../scripts/manifest/zip.mjs";
import { withFolder } from "../../gateway/support/gateway.ts";

const developer = readFileSync("manifest.xml", "utf8");
const shortcuts = JSON.parse(readFileSync("src/addin/commands/shortcuts.json", "utf8")) as Parameters<
  typeof jsonManifest
>[1];
const organisation = { origin: "https://kal.example.com", id: "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1" };

interface Action {
  readonly id: string;
  readonly type: string;
}
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly manifestVersion: string;
  readonly validDomains: readonly string[];
  readonly extensions: readonly [
    {
      readonly runtimes: readonly [
        { readonly actions: readonly Action[]; readonly customFunctions: Record<string, unknown> },
      ];
      readonly alternates: unknown;
    },
  ];
}

const made = (more: object = {}) =>
  jsonManifest(organisationManifest(developer, { ...organisation, ...more }), shortcuts) as Manifest;

/** Microsoft's own schema of this version of manifests; it comes with their package. */
function findings(manifest: { manifestVersion: string }): unknown {
  const folder = path.dirname(createRequire(import.meta.url).resolve("@microsoft/app-manifest/package.json"));
  const file = `build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`;
  // It names draft 4, whose words it does not use where the later ones differ.
  const schema = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as { $schema?: string };
  delete schema.$schema;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  validate(manifest);
  return validate.errors;
}

describe("the JSON manifest", () => {
  it("is valid by Microsoft's schema", () => {
    expect(findings(made())).toBeNull();
  });

  it("would not be valid with a word that the schema does not know", () => {
    const wrong = structuredClone(made()) as unknown as { manifestVersion: string; extensions: object[] };
    Object.assign(wrong.extensions[0] ?? {}, { ribbon: [] });
    expect(findings(wrong)).not.toBeNull();
  });

  it("has the functions by the same address as the XML one, and hides that one", () => {
    const [{ runtimes, alternates }] = made({ namespace: "KAL_TEST", version: "2.3.4.5" }).extensions;
    expect(runtimes[0].customFunctions).toEqual({
      namespace: { id: "KAL_TEST", name: "KAL_TEST" },
      metadataUrl: "https://kal.example.com/functions.json",
      allowCustomDataForDataTypeAny: true,
    });
    expect(alternates).toEqual([{ hide: { customOfficeAddin: { officeAddinId: organisation.id } } }]);
  });

  it("has an action for whatever a button, a menu or a shortcut does", () => {
    const manifest = made();
    const actions = manifest.extensions[0].runtimes[0].actions.map(({ id }) => id);
    const used = [...JSON.stringify(manifest).matchAll(/"actionId":"([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(actions)).toEqual(new Set(used));
    const inXml = [...developer.matchAll(/<FunctionName>(.*?)<\/FunctionName>/g)].map(([, name]) => name);
    expect(actions).toEqual(expect.arrayContaining(inXml));
    expect(new Set(actions).size).toBe(actions.length);
  });

  it("has a version of three numbers, its own id for each add-in, and no address of this computer", () => {
    const manifest = made({ version: "2.3.4.5" });
    expect(manifest.version).toBe("2.3.4");
    expect(manifest.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(manifest.id).toBe(derivedId(organisation.id));
    expect(manifest.id).not.toBe(derivedId("5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b2"));
    expect(JSON.stringify(manifest)).not.toContain("localhost");
    expect(manifest.validDomains).toEqual(["kal.example.com"]);
  });
});

describe("the command", () => {
  const sources = {
    manifest: "manifest.xml",
    shortcuts: "src/addin/commands/shortcuts.json",
    icons: "assets",
  };

  it("writes both manifests and the package, whose files any unzip reads", () =>
    withFolder(async (folder) => {
      const argv = [
        ...["--origin", organisation.origin, "--id", organisation.id, "--folder", folder],
        ...["--namespace", "kal_test", "--support", "https://help.example.com/kal", "--name", "KAL (test)"],
      ];
      await writeManifests({ argv, command: "kal manifest", sources, folder: ".", print: () => undefined });
      const read = (name: string) => readFileSync(path.join(folder, name));
      const xml = read("manifest.xml").toString();
      expect(xml).toContain('<SupportUrl DefaultValue="https://help.example.com/kal" />');
      expect(xml).toContain('<bt:String id="Functions.Namespace" DefaultValue="KAL_TEST" />');
      expect(xml).toContain("type =KAL_TEST. in a cell");
      const { stdout } = spawnSync("python3", ["-m", "zipfile", "-t", path.join(folder, "manifest.zip")], {
        encoding: "utf8",
      });
      if (stdout) expect(stdout).toContain("Done testing");
      expect(read("manifest.zip").includes(read("manifest.json"))).toBe(true);
    }));

  it("says what to do where it cannot write", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "file");
      writeFileSync(file, "");
      const argv = [
        "--origin",
        organisation.origin,
        "--id",
        organisation.id,
        "--folder",
        path.join(file, "in"),
      ];
      const writing = writeManifests({
        argv,
        command: "kal manifest",
        sources,
        folder,
        print: () => undefined,
      });
      await expect(writing).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(
          /cannot be written \(ENOTDIR\)\. Choose another one with --folder/,
        ) as string,
      });
    }));

  it.each([
    ["nothing", []],
    ["no id", ["--origin", organisation.origin]],
    ["an option that there is not", ["--colour", "red"]],
  ])("says what each option does where it gets %s", async (_, argv) => {
    const writing = writeManifests({
      argv,
      command: "kal manifest",
      sources,
      folder: ".",
      print: () => undefined,
    });
    await expect(writing).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/Usage: kal manifest[\s\S]*--namespace +what stands before/) as string,
    });
  });
});

it("a zip is the same whenever it is made", () => {
  const files = { "a.txt": Buffer.from("a"), "b.txt": Buffer.from("") };
  expect(zip(files).equals(zip(files))).toBe(true);
  expect(zip(files).subarray(0, 4).toString("latin1")).toBe("PK\x03\x04");
});
