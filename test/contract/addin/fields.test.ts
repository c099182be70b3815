/** KAL.FIELDS and KAL.COLLECTIONS. */
import { expect, it } from "vitest";
import { isPersonal } from "../../../src/kalibrate/catalogue/personal-data.ts";
import { errorOf, openExcel, startService, valuesOf } from "./kal.ts";

it("lists the fields of a collection, each of which can be queried", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [heading, ...fields] = valuesOf(await call("FIELDS", "site", "(entityVariant=Own)"));
  expect(heading).toEqual(["name", "label", "type", "refersTo", "example"]);
  const byName = new Map(fields.map((row) => [row[0], row]));
  expect(byName.get("importCode")?.slice(1, 4)).toEqual(["Code", "text", ""]);
  expect(byName.get("brand")?.[3]).toBe("reference/Brand");
  expect(String(byName.get("name")?.[4])).toMatch(/^[A-Z]/);
  for (const name of byName.keys()) expect(isPersonal("site", [String(name)]), String(name)).toBe(false);
  const asked = fields.slice(0, 40).map(([name]) => name);
  const rows = valuesOf(await call("QUERY", "site", "(entityVariant=Own)", asked.join(","), 1, 3));
  expect(rows[0]).toEqual(asked);
});

it("lists the collections as formulas write them", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  const [heading, ...rows] = valuesOf(await call("COLLECTIONS"));
  expect(heading).toEqual(["collection", "variant"]);
  expect(rows).toContainEqual(["price", "Own"]);
  expect(rows).toContainEqual(["reference/Brand", ""]);
  expect(new Set(rows.map(([name]) => String(name).split("/")[0])).size).toBe(8);
});

it("report what is wrong", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  expect(errorOf(await call("FIELDS", "sites"))).toMatch(/^#VALUE! .*“site”.*KAL_COLLECTION_UNKNOWN/);
  const nobody = await openExcel({ service, connections: [] });
  expect(errorOf(await nobody.call("COLLECTIONS"))).toContain("KAL_NOT_CONNECTED");
});
