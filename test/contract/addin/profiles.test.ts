/** The important flows under every profile of Excel, through the real office.js. */
import { describe, expect, it } from "vitest";
import { hostProfiles, profileNames } from "../../../src/workbench/excel-host/profiles.ts";
import { flows, openProfile } from "./walk/flows.ts";

describe.each(profileNames)("%s", (profile) => {
  it.each(Object.keys(flows))("%s", async (flow) => {
    await flows[flow]!(await openProfile(profile));
  });

  it.each(["call", "refresh", "convert", "heal on connecting", "save and open again"])(
    "%s, with manual calculation in a workbook that is calculated on opening",
    async (flow) => {
      await flows[flow]!(await openProfile(profile, { calculation: "manual", opening: "calculatesAll" }));
    },
  );

  it("claims its requirement sets", async () => {
    const { excel } = await openProfile(profile);
    const { Office: office } = excel.page.window as unknown as { Office: typeof Office };
    const has = office.context.requirements.isSetSupported("CustomFunctionsRuntime", "1.4");
    expect(has).toBe(hostProfiles[profile].requirementSets["customfunctionsruntime"] === "1.4");
  });
});
