/**
 * Filters and fields of any name, and values checked by the type of their property, down to the request to the Data
 * API.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FieldsAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { printRows, publicCase } from "../support/public-cases.ts";
import { type Answered, errorOf } from "./support/gateway.ts";
import { sendStatus } from "./support/upstream.ts";
import { connect, startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;
beforeAll(async () => (vendor = await startVendor()));
afterAll(() => vendor.close());

type Data = Readonly<Record<string, unknown>>;

interface Asked {
  readonly answered: Answered;
  /** The requests to the Data API, decoded, except those for single records. */
  readonly sent: readonly string[];
}

/** Makes a call while the Data API has these documents. It ignores filters, but applies offset and limit. */
async function ask(documents: readonly Data[], body: object, path = "query"): Promise<Asked> {
  const sent: string[] = [];
  vendor.answerData = ({ path: asked }, response) => {
    if (asked.startsWith("/api/status")) return sendStatus(response, "echoed");
    const query = decodeURIComponent(asked.split("?query=")[1] ?? "");
    const numberOf = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(query)?.[1] ?? 0);
    const offset = numberOf("offset");
    const page = documents
      .map((data, at) => ({ id: { entityId: `e${at}`, entityVariant: "Own" }, data }))
      .slice(offset, offset + (numberOf("limit") || Infinity));
    if (!/\(limit=1\)/.test(query)) sent.push(query);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page));
  };
  let answered: Answered | undefined;
  await vendor.run(async (gateway) => {
    const { ticket } = (await connect(gateway)).body as { ticket: string };
    answered = await gateway.call("POST", `/api/v1/${path}`, { ticket, body });
  });
  return { answered: answered!, sent };
}

async function rowsOf(documents: readonly Data[], query: string, fields: string[], more: object = {}) {
  const { answered, sent } = await ask(documents, { collection: "site", query, fields, ...more });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
  return { rows: (answered.body as QueryAnswer).rows, sent };
}

async function refusal(documents: readonly Data[], query: string, collection = "site"): Promise<string> {
  const { answered, sent } = await ask(documents, { collection, query, fields: ["name"] });
  expect(sent, "nothing of it is sent").toEqual([]);
  expect(errorOf(answered)).toMatchObject({ code: "KAL_QUERY_INVALID" });
  return errorOf(answered).message;
}

describe("the value of a filter", () => {
  publicCase("B2", async () => {
    const { sent } = await rowsOf([{ leadTime: 120 }], "(leadTime>90)", ["leadTime"]);
    return `sent: ${sent[0]}`;
  });

  publicCase("B3", async () => {
    const { sent } = await rowsOf([{ validFrom: "2026-11-24T00:00:00" }], "(validFrom>=46347)", [
      "validFrom",
    ]);
    return `sent: ${sent[0]}`;
  });

  publicCase("B4", async () => {
    const { sent } = await rowsOf([{ active: true }], "(active=WAHR)", ["active"]);
    return `sent: ${sent[0]}`;
  });

  publicCase("B5", async () => {
    const one = await refusal([{ price: 1.579 }], "(price=1,579)", "price");
    const other = await refusal([{ effectiveTime: "2026-11-30" }], "(effectiveTime=30/11/2026)", "price");
    return `${one} ${other}`;
  });

  publicCase("B8", () => refusal([{}], "(direction=constructor)"));

  publicCase("B9", async () => {
    const { rows } = await rowsOf([{ name: "Hauptstraße" }], "(name=Hauptstrasse)", ["name"]);
    return printRows(rows);
  });

  it.each([
    ["(stock=1,5)", { stock: 2 }, "(write 1.5)"],
    ["(isOpen=yes)", { isOpen: true }, "TRUE or FALSE"],
    ["(isOpen>1)", { isOpen: true }, "“=” or “!=”"],
    ["(validFrom=31/11/2026)", { validFrom: "2026-11-20" }, "a date such as 2026-11-20"],
    ["(validFrom=today)", { validFrom: "2026-11-20" }, "a comparison such as “>=” before “today”"],
    ["(validFrom=2026)", { validFrom: "2026-11-20" }, "2026-01-01"],
    ["(status.stock=many)", { status: { stock: 2 } }, "a number such as 1.4"],
    ["('Net Price'=1,5)", { "Net Price": 2 }, "(write 1.5)"],
  ])("of an unknown property is refused if its type forbids it: %s", async (query, data, words) => {
    expect(await refusal([data], query)).toContain(words);
  });

  it.each([
    ["(region=WAHR)", { region: "North" }],
    ["(region=1,5)", { region: "North" }],
    ["(region=46347)", {}],
    ["(region>46347)", { region: null }],
    ["(stock=1.50)", { stock: 1.5 }],
    ["(validFrom>=2026-11-20T16:00)", { validFrom: "2026-11-24" }],
    ["(region=North)", { region: ["North"] }],
  ])("is sent as written if nothing contradicts it: %s", async (query, data) => {
    const { sent } = await ask([data], { collection: "site", query, fields: ["name"] });
    expect(sent[0]).toContain(query);
  });

  it("costs one question for each kind and path, whatever the number of properties", async () => {
    const body = {
      collection: "site",
      query: "(entityVariant=Own)+(stock=1)+(leadTime=2)",
      fields: ["stock"],
    };
    let asked = 0;
    const data = { stock: 1, leadTime: 2 };
    await ask([data], body);
    vendor.answerData = ({ path }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      if (path.includes("(limit=1)") && !path.includes("offset")) asked += 1;
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify([{ id: { entityId: "e", entityVariant: "Own" }, data }]));
    };
    await vendor.run(async (gateway) => {
      const { ticket } = (await connect(gateway)).body as { ticket: string };
      const call = () => gateway.call("POST", "/api/v1/query", { ticket, body });
      await Promise.all([call(), call()]);
      await call();
    });
    expect(asked).toBe(1);
  });
});

publicCase("C3", async () => {
  const { answered } = await ask([], { collection: 'site";"(entityVariant=Own)' });
  const { message, hint } = errorOf(answered);
  return `${message} ${hint}`;
});

describe("names and values with any letters and signs", () => {
  const pumps = [
    { name: "Diesel (B7)", größe: 5, "pump-count": 8, "Net Price": 1.459, "a.b": "dot" },
    { name: "Super", größe: 7, "pump-count": 4, "Net Price": 1.559, "a.b": "comma" },
    { name: "Diesel (B10)", größe: 9, "pump-count": 8, "Net Price": 1.659, "a.b": "dot" },
  ];
  const own = ["größe", "pump-count"];

  publicCase("A9", async () => {
    const { answered } = await ask(pumps.slice(0, 2), { collection: "site", fields: own });
    const { columns, rows } = answered.body as QueryAnswer;
    return printRows([columns.map(({ name }) => name), ...rows]);
  });

  it("can be fields if quoted", async () => {
    const { rows } = await rowsOf(pumps.slice(0, 1), "", ["'Net Price'", "'a.b'"]);
    expect(rows).toEqual([[1.459, "dot"]]);
  });

  it.each([
    ["('Net Price'>1.5)", 2],
    ["(größe>=7)", 2],
    ["(pump-count=8)+(name='diesel (b7)')", 1],
    ["(name@='(B')", 2],
    ["(name!='Diesel (B7)')", 2],
    ["('a.b'=dot)+(größe<9)", 1],
  ])("are filtered by KAL if the vendor’s form cannot express them: %s", async (query, count) => {
    const { rows, sent } = await rowsOf(pumps, `(entityVariant=Own)+${query}`, ["name"]);
    expect(rows).toHaveLength(count);
    for (const text of sent) expect(text).toMatch(/^\(entityVariant=Own\)\+\((limit|orderBy)/);
  });

  it("are limited after filtering", async () => {
    const limited = await rowsOf(pumps, "(pump-count=8)+(limit=1)+(offset=1)", ["name"]);
    expect(limited.rows).toEqual([["Diesel (B10)"]]);
    expect((await rowsOf(pumps, "(pump-count=8)", ["name"], { limit: 1 })).rows).toEqual([["Diesel (B7)"]]);
  });

  it("are reported if no record has them", async () => {
    const { answered } = await ask(pumps, { collection: "site", query: "('Net Prise'=1)", fields: ["name"] });
    expect(errorOf(answered).message).toContain("no record of site has a property “Net Prise”");
  });

  it("are listed as a formula names them", async () => {
    const { answered } = await ask(pumps, { collection: "site" }, "fields");
    const names = (answered.body as FieldsAnswer).fields.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["größe", "pump-count", "'Net Price'", "'a.b'"]));
    const labels = new Map((answered.body as FieldsAnswer).fields.map(({ name, label }) => [name, label]));
    expect(labels.get("'Net Price'")).toBe("Net price");
  });
});
