import { describe, expect, it } from "vitest";
import { attributeAt, attributesOf } from "../../../../src/kalibrate/catalogue/attributes.ts";
import { isPersonal } from "../../../../src/kalibrate/catalogue/personal-data.ts";
import { collections } from "../../../../src/kalibrate/catalogue/collections.ts";
import { findReference } from "../../../../src/kalibrate/catalogue/references.ts";
import { parseSliceAddress } from "../../../../src/kalibrate/catalogue/slice-address.ts";
import { isDateProperty } from "../../../../src/kalibrate/query/date-properties.ts";

describe.each(collections.map(({ name }) => [name]))("the attributes of %s", (name) => {
  const attributes = Object.entries(attributesOf(name));

  it("are dates exactly if the functions in Excel take their names for dates", () => {
    const dates = attributes
      .filter(([, { type }]) => type === "date" || type === "datetime")
      .map(([one]) => one);
    expect(attributes.map(([one]) => one).filter(isDateProperty)).toEqual(dates);
  });

  it("refer to existing collections", () => {
    for (const [one] of attributes) {
      const reference = findReference(name, one);
      if (reference) expect(() => parseSliceAddress(reference.collection)).not.toThrow();
    }
  });

  it("hold what the default columns show, and nothing personal there", () => {
    const { defaultColumns = [] } = collections.find((collection) => collection.name === name) ?? {};
    for (const column of defaultColumns) {
      const path = column.split(".");
      expect(isPersonal(name, path)).toBe(false);
      // Names that several record types share are not documented for each of them.
      if (path.length === 1 && !["importCode", "name", "effectiveTime", "alias"].includes(column)) {
        expect(attributeAt(name, path), column).toBeDefined();
      }
    }
  });
});

describe("the catalogue", () => {
  it("knows every attribute that the vendor's template and pages name", () => {
    const count = (name: string) =>
      Object.keys(attributesOf(name)).length - Object.keys(attributesOf("")).length;
    // 112 common to own and global products, 3 of only one of them, 2 documented for competitor products.
    expect(count("product")).toBe(120);
    // 103 of the template, and two address lines that the template does not have.
    expect(count("site")).toBe(105);
  });

  it.each([
    ["site", "managerEmail", true],
    ["price", "user", true],
    ["price", "site.managerPhone", true],
    ["site", "surveyorPhone", true],
    ["site", "useFax", false],
    ["price", "user2", true],
    ["price", "price", false],
  ])("%s %s personal: %s", (collection, path, expected) => {
    expect(isPersonal(collection, path.split("."))).toBe(expected);
  });
});
