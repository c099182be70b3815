import { describe, expect, it } from "vitest";
import { publicCase } from "../support/public-cases.ts";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 10 });

const query = (collection: string, text: string, fields: string[] = ["entityId"], limit?: number) =>
  sample.query({ collection, query: text, fields, limit });

describe("names in a query", () => {
  it("may have any letter case if they are known", async () => {
    const { body } = await query(
      "price",
      "(ENTITYVARIANT=own)+(EffectiveTime>=2020-01-01)+(orderBy=CREATEDON)",
      ["PRICE"],
      3,
    );
    expect(body.columns.map(({ name }) => name)).toEqual(["price"]);
    expect(body.rowCount).toBe(3);
    expect(sample.simulator.requests.at(-1)?.query).toContain(
      "(entityVariant=Own)+(effectiveTime%3E=2020-01-01)+(orderBy=createdOn)",
    );
  });

  it.each([
    [
      "(efectiveTime>=2020-01-01)",
      "no record of price has a property “efectiveTime”. Did you mean “effectiveTime”?",
    ],
    ["(entityVariant=Own)+(prise>1)", "Did you mean “price”?"],
    ["(entityVariant=Own)+(orderBy=prise)+(limit=5)", "(orderBy=prise): no record of price"],
    ["(limt=5)", "Did you mean “limit”?"],
    ["(entityVariant=Own)+(orderBy=site.importCode)", "cannot order by “site.importCode”"],
  ])("that no record has are reported: %s", async (text, words) => {
    const answer = await query("price", text);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: "KAL_QUERY_INVALID" });
    expect(errorOf(answer).message).toContain(words);
  });

  it("that no record has are reported if the server ignores them and returns everything", async () => {
    sample.simulator.faults.add({ kind: "ignored-property" });
    const answer = await query("site", "(entityVariant=Own)+(reggion=North)");
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain("no record of site has a property “reggion”");
  });

  it.each([
    ["is known", "(source=Nowhere)"],
    ["records have, though the catalogue does not know it", "(entityVariant=Proposed)+(margin>1000)"],
    ["nothing can prove", "(entityVariant=Own)+(source=Nowhere)+(region=North)"],
  ])("that %s leave an empty table empty", async (_, text) => {
    const { status, body } = await query("price", text);
    expect(status).toBe(200);
    expect(body.rows).toEqual([]);
  });
});

describe("a kind that the catalogue does not know", () => {
  it.each([
    ["price", "(entityVariant=Propsed)", "variant “Propsed”. Did you mean “Proposed”?"],
    ["price", "(entityVariant=Mine)", "No record of price has the variant “Mine”."],
    ["price", "(entityVariant=Wholesale)+(region=North)", "variant “Wholesale”"],
    ["reference/Brnad", "(limit=5)", "type “Brnad”. Did you mean “Brand”?"],
    ["reference", "(entityType=Brnad)", "type “Brnad”. Did you mean “Brand”?"],
  ])("is sent, and reported if nothing comes back: %s %s", async (collection, text, words) => {
    const answer = await query(collection, text);
    expect(sample.simulator.requests[0]?.query).toContain(text.split(/[+)]/, 1)[0]);
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({ code: "KAL_NO_ROWS" });
    expect(errorOf(answer).message).toContain(words);
    expect(errorOf(answer).hint).toMatch(/^Known (variants|types): /);
  });

  it("is reported if the API has no such path", async () => {
    sample.simulator.faults.add({ kind: "no-type-paths" });
    const answer = await query("reference/Brnad", "");
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({
      code: "KAL_COLLECTION_UNKNOWN",
      message: "The Kalibrate Data API has no reference/Brnad. Did you mean “Brand”?",
    });
  });

  publicCase("B7", async () => {
    const variant = errorOf(await query("price", "(entityVariant=Mine)"));
    const type = errorOf(await query("reference/Brnad", ""));
    const field = errorOf(await query("site", "(entityVariant=Own)+(limit=3)", ["naem"]));
    return `${variant.message} ${variant.hint} ${type.message} ${field.message}`;
  });

  it("leaves the table of a known one empty", async () => {
    const { status, body } = await query("price", "(entityVariant=own)+(source=Nowhere)");
    expect(status).toBe(200);
    expect(body.rows).toEqual([]);
  });
});

describe("fields", () => {
  it("that are mistyped are reported with the nearest name", async () => {
    const answer = await query("site", "(entityVariant=Own)+(limit=3)", ["naem"]);
    expect(errorOf(answer)).toMatchObject({
      code: "KAL_FIELD_UNKNOWN",
      message: "There is no field “naem” in site. Did you mean “name”?",
    });
  });

  // The name of a reference that another collection has would otherwise be an empty column.
  it.each([
    ["query", { fields: ["price", "site.site.name"] }],
    ["lookup", { keys: ["site.site.name"], requests: [{ field: "price", values: [["x"]] }] }],
    ["lookup", { keys: ["site.importCode"], requests: [{ field: "site.site.name", values: [["1001"]] }] }],
    ["summary", { by: ["site.site.name"], measures: ["count"] }],
  ])("behind a reference are reported if no record has them: %s %j", async (call, more) => {
    const { gateway, ticket } = sample;
    const body = { collection: "price", query: "(entityVariant=Own)", ...more };
    const answer = await gateway.call("POST", `/api/v1/${call}`, { ticket, body });
    const { code, message } = errorOf(answer);
    expect(code, JSON.stringify(answer.body)).toBe("KAL_FIELD_UNKNOWN");
    expect(message).toContain("There is no field “site” in “site”");
  });

  it("* are all fields of the records, except personal data", async () => {
    const { body } = await query("site", "(entityVariant=Own)+(limit=2)", ["name", "*", "brand.name"]);
    const names = body.columns.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["name", "entityId"]);
    expect(names.at(-1)).toBe("brand.name");
    expect(names).toContain("triggerCompetingOwnSitePg");
    expect(names.filter((name) => /manager|user/i.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(80);
    expect(new Set(names).size).toBe(names.length);
  });

  it("reach into lists, item by item or by index", async () => {
    const { body } = await query("site", "(entityVariant=Own)+(limit=1)", [
      "competitorSites.name",
      "competitorSites[0].name",
      "competitorSites[0].brand.name",
      "competitorSites[99].name",
    ]);
    const [all, first, brand, none] = body.rows[0] ?? [];
    expect(all).toMatch(/, /);
    expect(all).toMatch(new RegExp(`^${first as string}, `));
    expect(brand).toMatch(/^[A-Z]/);
    expect(none).toBeNull();
  });
});
