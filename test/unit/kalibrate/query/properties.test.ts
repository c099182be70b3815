import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import { readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";
import {
  proofQuery,
  spellLikeCatalogue,
  unknownProperty,
  unprovenClauses,
  withoutProven,
} from "../../../../src/kalibrate/query/properties.ts";

const price = findCollection("price")!;
const reference = findCollection("reference")!;

describe("spellLikeCatalogue", () => {
  it.each([
    ["(ENTITYVARIANT=own)+(EffectiveTime>=2026-11-20)", "(entityVariant=Own)+(effectiveTime>=2026-11-20)"],
    ["(Status.EXPORTED=true)+(orderBy=CREATEDON)", "(status.exported=true)+(orderBy=createdOn)"],
    ["(Site.EntityId=x)+(entityVariant=Wholesale)", "(site.entityId=x)+(entityVariant=Wholesale)"],
    ["(MyField=own)+(source=own)+(limit=5)", "(MyField=own)+(source=own)+(limit=5)"],
  ])("%s becomes %s", (text, expected) => {
    expect(formatQuery(spellLikeCatalogue(parseQuery(text), price))).toBe(expected);
  });

  it("corrects types where the collection has types", () => {
    expect(formatQuery(spellLikeCatalogue(parseQuery("(entitytype=brand)"), reference))).toBe(
      "(entityType=Brand)",
    );
  });
});

describe("properties that the catalogue does not know", () => {
  const query = parseQuery(
    "(entityVariant=Own)+(efectiveTime>2026-11-20)+(site.importCode=17)+(site.entityId=x)+(status.exported=true)+(margin>1)+(orderBy=prise)+(limit=5)+(offset=2)",
  );
  const unproven = unprovenClauses(query, price);

  it("need a record that has them", () => {
    const written = (left: typeof unproven) => formatQuery(left.map(({ clause }) => clause));
    expect(written(unproven)).toBe(
      "(efectiveTime>2026-11-20)+(site.importCode=17)+(margin>1)+(orderBy=prise)",
    );
    const document = readDocument({
      id: { entityVariant: "Own" },
      data: { margin: null, site: { entityId: "x", importCode: "17" } },
    })!;
    expect(written(withoutProven(unproven, document))).toBe("(efectiveTime>2026-11-20)+(orderBy=prise)");
  });

  it("are looked for in the same slice without them", () => {
    expect(formatQuery(proofQuery(query, unproven))).toBe(
      "(entityVariant=Own)+(site.entityId=x)+(status.exported=true)",
    );
  });

  it.each([
    [
      "(efectiveTime>2026-11-20)",
      "(efectiveTime>2026-11-20): no record of price has a property “efectiveTime”. Did you mean “effectiveTime”?",
    ],
    ["(orderBy=prise)", "(orderBy=prise): no record of price has a property “prise”. Did you mean “price”?"],
    ["(limt=5)", "Did you mean “limit”?"],
    ["(orderBy=site.importCode)", "cannot order by “site.importCode”, which is a field of the site"],
  ])("%s gives an error message", (text, words) => {
    const error = unknownProperty(unprovenClauses(parseQuery(text), price), price);
    expect(error).toMatchObject({ code: "KAL_QUERY_INVALID" });
    expect(error?.message).toContain(words);
  });

  it("give no error if all are proved", () => expect(unknownProperty([], price)).toBeUndefined());
});
