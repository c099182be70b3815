import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import {
  isPersonal,
  refusePersonalFilters,
  createPersonalFilter,
} from "../../../../src/kalibrate/catalogue/personal-data.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";

const personalNames = [
  "managerEmail",
  "user",
  "PNWLASTUSER",
  "emails",
  "e-mail",
  "phone_number",
  "contactFaxNo",
  "userName",
  "createdBy",
  "lastName",
];

it.each(personalNames)("%s is personal data", (name) => {
  expect(isPersonal("site", [name])).toBe(true);
  expect(isPersonal("price", ["contacts", "0", name])).toBe(true);
});

it.each(["useEmail", "formatTemplateSmsUid", "name", "createdOn", "standby", "importCode"])(
  "%s does not",
  (name) => {
    expect(isPersonal("site", [name])).toBe(false);
    expect(isPersonal("price", ["details", name])).toBe(false);
  },
);

describe("a value that is shown whole", () => {
  const person = "joe@example.com";
  /** Values with personal members at any depth. */
  const { value: nested } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<unknown>(1, "text", null, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("open", "grade", "value", "lines"), tie("value"), { maxKeys: 3 }),
      fc
        .tuple(fc.constantFrom(...personalNames), tie("value"))
        .map(([name, also]) => ({ [name]: person, also })),
      fc
        .tuple(fc.constantFrom(...personalNames), fc.constantFrom("name", "Name", "key", "code", "type"))
        .map(([name, called]) => ({ [called]: name, [called === "Name" ? "Value" : "value"]: person })),
    ),
  }));

  it("holds no personal data, however deep", () => {
    fc.assert(
      fc.property(nested, (value) => {
        expect(JSON.stringify(createPersonalFilter("site", ["extra"])({ value })) ?? "").not.toContain(
          person,
        );
      }),
    );
  });

  it("is unchanged if it holds none", () => {
    const value = { open: [{ from: "06:00", to: "22:00" }], grade: 3, useEmail: true, nothing: {} };
    expect(createPersonalFilter("site", ["extra"])(value)).toBe(value);
  });

  it("keeps everything else, and is absent if nothing else is left", () => {
    expect(createPersonalFilter("site", ["staff"])([{ email: person, role: "cashier" }])).toEqual([
      { role: "cashier" },
    ]);
    expect(createPersonalFilter("site", ["extra"])({ people: [{ email: person }] })).toEqual({ people: [] });
    expect(createPersonalFilter("site", ["extra"])({ email: person })).toBeUndefined();
  });

  it("is shown whole if it was requested by a personal name", () => {
    const value = { email: person };
    expect(createPersonalFilter("site", ["manager"])(value)).toBe(value);
  });
});

describe("a query", () => {
  const site = findCollection("site")!;
  it.each([
    "(managerEmail=joe@example.com)",
    "(MANAGEREMAIL@=joe)",
    "(entityVariant=Own)+(contact.phone=1)",
    "(orderBy=managerName)+(limit=1)",
  ])("may not be %s", (text) => {
    expect(() => refusePersonalFilters(parseQuery(text), site)).toThrow(
      expect.objectContaining({ code: "KAL_FORBIDDEN" }),
    );
  });

  it("may filter and order by everything else", () => {
    const text =
      "(useEmail=true)+(brand.entityId=x)+(orderBy=name)+(direction=descending)+(limit=3)+(offset=1)";
    expect(() => refusePersonalFilters(parseQuery(text), site)).not.toThrow();
  });
});
