/** Filters by codes, names and brands, as they are sent to the Data API, with servers that behave differently. */
import { describe, expect, it } from "vitest";
import { errorOf } from "./support/gateway.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 40 });
const price = {
  collection: "price",
  fields: ["site.importCode", "product.product.name", "effectiveTime", "entityId"],
};
const sent = () =>
  sample.simulator.requests
    .filter(({ kind, query }) => kind === "data" && !/limit=1\)/.test(query ?? ""))
    .map(({ path, query }) => `${path} ${decodeURIComponent(query ?? "")}`);

/** Two codes of own sites, and a product that both sell. */
async function known() {
  const { body } = await sample.query({
    ...price,
    query: "(entityVariant=Own)",
    fields: ["site.importCode", "product.product.name"],
  });
  const rows = body.rows as [string, string][];
  const codes = [...new Set(rows.map(([code]) => code))].slice(0, 2);
  return { codes, product: rows.find(([code]) => code === codes[0])![1] };
}

describe("filters through references", () => {
  it("select by the codes of sites and the name of a product, and send ids if there are few", async () => {
    const { codes, product } = await known();
    const whole = await sample.query({ ...price, query: "(entityVariant=Own)+(effectiveTime>=2020-01-01)" });
    const expected = whole.body.rows.filter(
      ([code, name]) => codes.includes(code as string) && name === product,
    );
    sample.simulator.clearRequests();
    const query = `(entityVariant=Own)+(site.importCode in ${codes.join(",")})+(product.product.name=${product})+(effectiveTime>=2020-01-01)`;
    const { status, body } = await sample.query({ ...price, query });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(expected.length).toBeGreaterThan(0);
    expect(body.rows).toEqual(expected);
    const ofPrices = sent().filter((text) => text.includes("/price "));
    expect(ofPrices).toHaveLength(2);
    for (const ofPrice of ofPrices)
      expect(ofPrice).toMatch(/\(effectiveTime>=2020-01-01\)\+\(site\.entityId=[0-9a-f-]{36}\)/);
  });

  it.each([
    ["caps its answers", [{ kind: "page-cap", cap: 25 }]],
    ["shuffles them", [{ kind: "unstable-order" }]],
    ["repeats documents", [{ kind: "repeats", every: 5 }]],
    ["refuses limit=0 and unknown properties", [{ kind: "unlimited-refused" }, { kind: "unknown-property" }]],
    ["ignores unknown properties", [{ kind: "ignored-property" }]],
  ] as const)("give the same from a server that %s", async (_, faults) => {
    const { codes } = await known();
    const query = `(entityVariant=Own)+(site.importCode in ${codes.join(", ")})`;
    const { body: plain } = await sample.query({ ...price, query });
    for (const fault of faults) sample.simulator.faults.add(fault);
    const { status, body } = await sample.query({ ...price, query, maxAge: 0 });
    expect(status, JSON.stringify(body)).toBe(200);
    const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(body.rows)).toEqual(sorted(plain.rows));
  });

  it("accept a list of ten thousand codes without warnings of Node", async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(`${warning.name}: ${warning.message}`);
    process.on("warning", note);
    const codes = Array.from({ length: 10_000 }, (_, at) => String(at));
    const query = `(entityVariant=Own)+(site.importCode in ${codes.join(", ")})`;
    const { status, body } = await sample.query({ ...price, query });
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
    const { body: plain } = await sample.query({ ...price, query: "(entityVariant=Own)" });
    expect(body.rowCount).toBe(plain.rowCount);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  it("suggest the nearest code if one does not exist", async () => {
    const { codes } = await known();
    const answered = await sample.query({ ...price, query: `(site.importCode=${codes[0]}0)` });
    expect(errorOf(answered)).toMatchObject({
      code: "KAL_NO_ROWS",
      message: expect.stringMatching(/^No site has the importCode “\w+”\. Did you mean “\w+”\?$/) as string,
    });
  });

  it("do not filter by personal data", async () => {
    const answered = await sample.query({ ...price, query: "(site.manager in Mia, Tom)" });
    expect(errorOf(answered).code).toBe("KAL_FORBIDDEN");
  });

  it.each(
    ["=", "!=", "in", "not in", "@=", ">"].flatMap((operator) =>
      [
        ["site.foo", "site", "foo"],
        ["site.site.name", "site", "site"],
        ["site.brand.area.name", "reference/Brand", "area"],
      ].map(([property, collection, missing]) => [`(${property} ${operator} 1)`, collection, missing]),
    ),
  )("%s: no record of %s has a %s, whatever the operator", async (query, collection, missing) => {
    const { code, message } = errorOf(
      await sample.query({ ...price, query: `(entityVariant=Own)+${query}` }),
    );
    expect(code).toBe("KAL_QUERY_INVALID");
    expect(message).toContain(`no record of ${collection} has a property “${missing}”`);
  });

  it.each(["=", "!=", "in", "not in"])(
    "say so of a reference that the slice has not: %s",
    async (operator) => {
      const { body } = await sample.query({ collection: "reference/Brand", fields: ["name"], limit: 1 });
      const query = `(entityVariant=Own)+(brand.name ${operator} '${JSON.stringify(body.rows[0]?.[0]).slice(1, -1)}')`;
      const { code, message } = errorOf(await sample.query({ ...price, query }));
      expect(code).toBe("KAL_QUERY_INVALID");
      expect(message).toContain("no record of price has a property “brand”");
    },
  );

  it("let a negated filter pass where records may lack the reference", async () => {
    const { body } = await sample.query({ ...price, query: "(entityVariant=Own)+(site.brand.name!=x)" });
    const { body: plain } = await sample.query({ ...price, query: "(entityVariant=Own)" });
    expect(body.rowCount).toBe(plain.rowCount);
  });
});
