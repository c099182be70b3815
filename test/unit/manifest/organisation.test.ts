import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintManifest } from "../../../scripts/lint-manifest.mjs";
import { organisationManifest, withOrigin } from "../../../scripts/manifest/organisation.mjs";

const manifest = readFileSync("manifest.xml", "utf8");
const organisation = { origin: "https://kal.example.com", id: "5d3f8a52-0b7e-4c62-9d1e-3a7f64f0c2b1" };

describe("an organisation's manifest", () => {
  it("has every address under its origin, its own id, and is valid", () => {
    const written = organisationManifest(manifest, organisation);
    expect(written).not.toContain("localhost");
    expect(written.split("https://kal.example.com/").length).toBe(
      manifest.split("https://localhost:3000/").length,
    );
    expect(written).toContain(`<Id>${organisation.id}</Id>`);
    expect(lintManifest(written)).toEqual([]);
  });

  it("differs from the developer's in nothing else", () => {
    const written = organisationManifest(manifest, organisation);
    const back = withOrigin(written, "https://localhost:3000").replace(
      organisation.id,
      /<Id>(.*)<\/Id>/.exec(manifest)?.[1] ?? "",
    );
    expect(back).toBe(manifest);
  });

  it("takes name and version, with whatever characters XML reserves", () => {
    const written = organisationManifest(manifest, {
      ...organisation,
      name: 'Pricing & "Fuel" $& <data>',
      version: "2.3.4",
    });
    expect(written).toContain(
      '<DisplayName DefaultValue="Pricing &amp; &quot;Fuel&quot; $&amp; &lt;data&gt;" />',
    );
    expect(written).toContain("<Version>2.3.4</Version>");
  });

  it("takes an origin with a port, and one with a slash at its end", () => {
    expect(
      organisationManifest(manifest, { ...organisation, origin: "https://kal.example.com:8443/" }),
    ).toContain('"https://kal.example.com:8443/taskpane.html"');
  });

  const developerId = /<Id>(.*)<\/Id>/.exec(manifest)?.[1] ?? "";

  it.each([
    ["an origin without https", { origin: "http://kal.example.com" }, "is not https"],
    ["an origin with a path", { origin: "https://example.com/kal" }, "host and port only"],
    ["an origin with a query", { origin: "https://example.com/?a" }, "host and port only"],
    ["an origin with a name in it", { origin: "https://me@example.com" }, "host and port only"],
    ["no address", { origin: "kal.example.com" }, "is not an address"],
    ["this computer", { origin: "https://localhost:4000" }, "is this computer"],
    ["this computer by number", { origin: "https://127.0.0.1:4000" }, "is this computer"],
    ["an id that is no GUID", { id: "kal" }, "is not a GUID"],
    ["the developer's id", { id: developerId.toUpperCase() }, "the developer's own id"],
    ["a version of one number", { version: "2" }, "is not n.n.n"],
    ["a namespace with a dot", { namespace: "KAL.TEST" }, "letters, digits or underscores"],
    ["support without https", { support: "http://help.example.com" }, "is not an https address"],
    ["a name that is too long", { name: "K".repeat(126) }, "1 to 125"],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => organisationManifest(manifest, { ...organisation, ...wrong })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) as string }),
    );
  });
});
