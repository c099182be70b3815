import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { claimedSets, decisiveSets } from "../../../../../src/addin/taskpane/report/requirement-sets.ts";
import {
  excel2021,
  isSetClaimed,
  microsoft365,
} from "../../../../../src/workbench/excel-host/requirement-sets.ts";

describe("claimedSets", () => {
  it("says which versions there are and which not, of each set", () => {
    const claims = claimedSets((name, version) => isSetClaimed(excel2021, name.toLowerCase(), version));
    expect(claims).toContain("CustomFunctionsRuntime: yes 1.1 1.2 1.3; no 1.4 1.5");
    expect(claims).toContain("RibbonApi: yes 1.1; no 1.2");
    expect(claims).toContain("KeyboardShortcuts: yes none; no 1.1");
    const newer = claimedSets((name, version) => isSetClaimed(microsoft365, name.toLowerCase(), version));
    expect(newer).toContain("KeyboardShortcuts: yes 1.1; no none");
  });

  it("asks for every version that the add-in decides by", () => {
    const folder = path.resolve("src/addin");
    const decided = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...readFileSync(path.join(folder, file), "utf8").matchAll(
          /isSetSupported\(\s*"(\w+)",\s*"1\.(\d+)"/g,
        ),
      ]);
    expect(decided.length).toBeGreaterThan(1);
    for (const [, name, minor] of decided) {
      expect(decisiveSets[name as keyof typeof decisiveSets], name).toBeGreaterThanOrEqual(Number(minor));
    }
  });
});
