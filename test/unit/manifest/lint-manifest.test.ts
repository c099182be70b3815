import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintManifest } from "../../../scripts/lint-manifest.mjs";
import { rules } from "../../../scripts/manifest/rules.mjs";

const manifest = readFileSync("manifest.xml", "utf8");

it("the manifest has the version of the package", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(manifest).toContain(`<Version>${version}.0</Version>`);
});

/** One fault for each way to break a rule: the rule, the text to replace, the replacement. */
const faults: readonly (readonly [rule: string, part: string | RegExp, replacement: string])[] = [
  ["root", 'xsi:type="TaskPaneApp"', 'xsi:type="ContentApp"'],
  ["root", "appforoffice/1.1", "appforoffice/1.0"],
  ["order", /<ProviderName>.*\n/, ""],
  ["order", /( *<DefaultLocale>.*\n)( *<DisplayName.*\n)/, "$2$1"],
  ["order", "<AllFormFactors>", "<MobileFormFactor/><AllFormFactors>"],
  ["order", /( *<Title resid="ShowPane.Label".*\n)( *<Description.*\n)/, "$2$1"],
  ["order", /<SupportUrl.*\n/, ""],
  ["order", /<Items>[^]*?<\/Items>/, ""],
  ["order", /<FunctionName>.*\n/, ""],
  ["order", "</Permissions>", "</Permissions><Unheard/>"],
  ["id", /<Id>.*<\/Id>/, "<Id>kal</Id>"],
  ["version", /<Version>.*<\/Version>/, "<Version>1.0</Version>"],
  ["text-length", 'DisplayName DefaultValue="KAL', `DisplayName DefaultValue="${"K".repeat(125)}`],
  ["text-length", /(<Description DefaultValue)="[^"]*"/, '$1=""'],
  ["text-length", 'id="Group.Label" DefaultValue="', `id="Group.Label" DefaultValue="${"K".repeat(125)}`],
  ["text-length", 'id="ShowPane.Tip" DefaultValue="', `id="ShowPane.Tip" DefaultValue="${"K".repeat(250)}`],
  ["hosts", '<Host Name="Workbook" />', '<Host Name="Workbook" /><Host Name="Document" />'],
  ["permissions", "ReadWriteDocument", "ReadDocument"],
  ["https", "https://localhost:3000/functions.js", "http://localhost:3000/functions.js"],
  ["https", '<ExtendedOverrides Url="https:', '<ExtendedOverrides Url="http:'],
  ["fixed-paths", "/shortcuts.json", "/keys.json"],
  ["extension-points", 'xsi:type="ContextMenu"', 'xsi:type="PrimaryCommandSurface"'],
  ["cell-menu", "ContextMenuCell", "ContextMenuText"],
  ["cell-menu", 'xsi:type="Menu" id="Kalibrate.Cell"', 'xsi:type="Button" id="Kalibrate.Cell"'],
  ["order", /<OfficeMenu[^]*<\/OfficeMenu>/, ""],
  ["https", "<Hosts>", "<AppDomains><AppDomain>http://kal.example.com</AppDomain></AppDomains><Hosts>"],
  ["one-origin", "https://localhost:3000/functions.json", "https://localhost:3001/functions.json"],
  ["fixed-paths", "https://localhost:3000/functions.js", "https://localhost:3000/dist/functions.js"],
  ["resource-known", 'resid="GetStarted.Title"', 'resid="GetStarted.Titel"'],
  ["resource-known", '<Label resid="Group.Label" />', '<Label resid="ShowPane.Tip" />'],
  ["resource-used", "<bt:Urls>", '<bt:Urls><bt:Url id="Old" DefaultValue="https://localhost:3000/help/" />'],
  ["unique-ids", '<bt:String id="GetStarted.Title"', '<bt:String id="Group.Label"'],
  ["unique-ids", 'id="Kalibrate.ShowPane"', 'id="Kalibrate.Group"'],
  ["unique-ids", 'id="Kalibrate.RetryFailed"', 'id="Kalibrate.Refresh"'],
  ["id-length", /Functions\.Namespace/g, "Functions.Namespace.Of.This.AddIn."],
  ["icon-sizes", '<bt:Image size="80" resid="Icon.80" />', ""],
  ["icon-sizes", '<bt:Image size="16" resid="Icon.16" />', '<bt:Image size="16" resid="Icon.80" />'],
  ["icon-sizes", "/assets/refresh-80.png", "/assets/refresh-32.png"],
  ["icon-sizes", /(<HighResolutionIconUrl.*)icon-64/, "$1icon-32"],
  ["version-overrides", "VersionOverridesV1_0", "VersionOverridesV1_1"],
  ["version-overrides", "office/taskpaneappversionoverrides", "office/mailappversionoverrides"],
  ["one-runtime", 'lifetime="long"', 'lifetime="short"'],
  ["one-runtime", "</Runtimes>", '<Runtime resid="Taskpane.Url" lifetime="long" /></Runtimes>'],
  ["one-page", '<FunctionFile resid="Taskpane.Url" />', '<FunctionFile resid="Help.Url" />'],
  ["one-page", /(<Page>\s*<SourceLocation resid=)"[^"]*"/, '$1"Help.Url"'],
  ["one-page", /(<Action.*\s*<SourceLocation resid=)"[^"]*"/, '$1"Help.Url"'],
  ["one-page", /(<DefaultSettings>\s*<SourceLocation.*)taskpane.html/, "$1help/"],
  ["no-taskpane-id", '<Action xsi:type="ShowTaskpane">', "$&<TaskpaneId>Pane</TaskpaneId>"],
  ["requirements", 'Name="SharedRuntime"', 'Name="ExcelApi"'],
  ["requirements", 'Name="SharedRuntime" MinVersion="1.1"', 'Name="SharedRuntime" MinVersion="1.2"'],
  [
    "requirements",
    'VersionOverridesV1_0">',
    '$&<Requirements><Sets><Set Name="ExcelApi" /></Sets></Requirements>',
  ],
  [
    "namespace",
    'id="Functions.Namespace" DefaultValue="KAL"',
    'id="Functions.Namespace" DefaultValue="K-A-L"',
  ],
];

describe("the manifest's rules", () => {
  it("hold for the committed manifest", () => {
    expect(lintManifest(manifest)).toEqual([]);
  });

  it.each(faults)("%s finds the fault made at %s", (rule, part, replacement) => {
    const broken = manifest.replace(part, replacement);
    expect(broken).not.toBe(manifest);
    expect(lintManifest(broken).map((finding) => finding.rule)).toContain(rule);
  });

  it("each have a fault among these tests", () => {
    expect(new Set(faults.map(([rule]) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  });

  it("say where XML breaks off", () => {
    const line = manifest.split("\n").findIndex((text) => text.includes("</Permissions>")) + 1;
    const [finding, ...others] = lintManifest(manifest.replace("</Permissions>", "</Permission>"));
    expect(finding).toMatchObject({ rule: "well-formed", line });
    expect(others).toEqual([]);
  });

  it("name the line of the fault", () => {
    const [finding] = lintManifest(manifest.replace("ReadWriteDocument", "ReadDocument"));
    const line = manifest.split("\n").findIndex((text) => text.includes("<Permissions>")) + 1;
    expect(finding).toMatchObject({ rule: "permissions", line });
  });
});
