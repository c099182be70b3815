/** Values as the Data API writes them in JSON, digit for digit, down to the cells. */
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CellForm, toCells } from "../../src/addin/runtime/cells.ts";
import type { LookupAnswer, QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import { isoOf } from "../../src/kalibrate/serial-date.ts";
import { printRows, publicCase } from "../support/public-cases.ts";
import type { Answered } from "./support/gateway.ts";
import { connect, startVendor, type Vendor } from "./support/vendor.ts";
import { sendStatus } from "./support/upstream.ts";

let vendor: Vendor;
beforeAll(async () => (vendor = await startVendor()));
afterAll(() => vendor.close());

/** Makes a call while the Data API has these documents, given as raw JSON; it applies offset and limit. */
async function ask(documents: readonly string[], path: string, body: object | string): Promise<Answered> {
  vendor.answerData = ({ path: asked }, response: ServerResponse) => {
    if (asked.startsWith("/api/status")) return sendStatus(response, "echoed");
    const numberOf = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(asked)?.[1] ?? 0);
    const offset = numberOf("offset");
    const page = documents.slice(offset, offset + (numberOf("limit") || Infinity));
    response.writeHead(200, { "content-type": "application/json" }).end(`[${page.join(",")}]`);
  };
  let answered: Answered | undefined;
  await vendor.run(async (gateway) => {
    const { ticket } = (await connect(gateway)).body as { ticket: string };
    answered = await gateway.call("POST", `/api/v1/${path}`, { ticket, body });
  });
  return answered!;
}

/** Site documents, each with its own id and one attribute. */
const sites = (name: string, values: readonly string[]) =>
  values.map((value, at) => `{"id":{"entityId":"e${at}","entityVariant":"Own"},"data":{"${name}":${value}}}`);

async function tableOf(name: string, values: readonly string[]): Promise<QueryAnswer> {
  const { status, body } = await ask(sites(name, values), "query", { collection: "site", fields: [name] });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as QueryAnswer;
}

async function lookUp(documents: readonly string[], body: object): Promise<LookupAnswer> {
  return (await ask(documents, "lookup", { collection: "site", keys: ["loyaltyId"], ...body }))
    .body as LookupAnswer;
}

const form: CellForm = { dates: "double", dateFormat: "yyyy-mm-dd", empty: "" };

/** The cells of the only column; dates as text with their milliseconds. */
function cellsOf(answer: QueryAnswer): unknown[] {
  return toCells(answer, 0, form)
    .cells.flat()
    .map((cell) => {
      if (typeof cell !== "object" || !("basicValue" in cell)) return cell;
      const milliseconds = Math.round((cell.basicValue % 1) * 86_400_000) % 1000;
      return `date ${isoOf(cell.basicValue)}${milliseconds === 0 ? "" : `.${milliseconds}`}`;
    });
}

/** The cells of the same values in a column of unknown type and in a date-time column. */
async function dateCells(...texts: string[]): Promise<string> {
  const values = texts.map((text) => JSON.stringify(text));
  const unknown = cellsOf(await tableOf("madeOn", values));
  const known = cellsOf(await tableOf("updatedOn", values));
  expect(known).toEqual(unknown);
  return printRows(unknown.map((cell) => [cell]));
}

const ids = ["90071992547409931", "90071992547409935"];

describe("a number of more than 15 digits", () => {
  publicCase("A5", async () => {
    const { rows } = await tableOf("loyaltyId", ids);
    const documents = ids.map(
      (id, at) => `{"id":{"entityId":"e${at}"},"data":{"loyaltyId":${id},"name":"Customer ${at + 1}"}}`,
    );
    const { results } = await lookUp(documents, { requests: [{ field: "name", values: [[ids[0]]] }] });
    return `${printRows(rows)}; ${JSON.stringify(results[0]![0])}`;
  });

  it("is found by the number itself, as JSON in a request writes it", async () => {
    const documents = ids.map(
      (id, at) => `{"id":{"entityId":"e${at}"},"data":{"loyaltyId":"${id}","n":${at}}}`,
    );
    const text = `{"collection":"site","keys":["loyaltyId"],"requests":[{"field":"n","values":[[${ids[1]}]]}]}`;
    const { body } = await ask(documents, "lookup", text);
    expect((body as LookupAnswer).results).toEqual([[{ value: 1 }]]);
  });

  it.each([
    ["negative", "-90071992547409931", "-90071992547409931"],
    ["with zeros behind its point", "90071992547409931.0", "90071992547409931"],
    ["in a list", "[90071992547409931, 90071992547409935]", ids.join(", ")],
    ["in an object", '{"id": 90071992547409931}', '{"id":"90071992547409931"}'],
    ["that came as text", '"90071992547409931"', "90071992547409931"],
  ])("%s is text", async (_, json, text) => {
    const { columns, rows } = await tableOf("loyaltyId", [json]);
    expect(rows).toEqual([[text]]);
    expect(columns[0]!.type).toBe("text");
  });

  it("stays a number with fewer digits before its point, or an exponent", async () => {
    const { rows } = await tableOf("loyaltyId", ["999999999999999", "1.4590000000000001", "1E5", "-0"]);
    expect(rows).toEqual([[999_999_999_999_999], [1.459_000_000_000_000_1], [100_000], [0]]);
  });

  it("keeps its digits even if only the record's id is a number", async () => {
    const documents = ids.map((id) => `{"id":{"entityId":${id}},"data":{"name":"A"}}`);
    const { body } = await ask(documents, "query", { collection: "site", fields: ["entityId"] });
    expect((body as QueryAnswer).rows).toEqual(ids.map((id) => [id]));
  });

  it("keeps its digits in an answer that is read piece by piece", async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `9007199254740${5000 + at}`);
    const { rows } = await tableOf("loyaltyId", many);
    expect(rows.flat().sort()).toEqual(many);
  });
});

describe("a number that no cell can hold", () => {
  const error = { error: "KAL_NUMBER_TOO_LARGE" };

  it.each(["1e400", "-1e400", "[1, 1e400]", '{"a":{"b":-1e400}}'])(
    "%s is an error of its cell",
    async (json) => {
      const { columns, rows } = await tableOf("volume", ["1.5", json, "2"]);
      expect(rows).toEqual([[1.5], [error], [2]]);
      expect(columns[0]!.type).toBe("number");
    },
  );

  it("is an error in a lookup's cell, and cannot be a key", async () => {
    const documents = ['{"id":{"entityId":"e1"},"data":{"loyaltyId":1e400,"volume":1}}'].concat(
      '{"id":{"entityId":"e2"},"data":{"loyaltyId":7,"volume":1e400}}',
    );
    const requests = [{ field: "volume", values: [[7], ["Infinity"], ["[object Object]"]] }];
    const { results } = await lookUp(documents, { requests });
    expect(results).toEqual([[{ value: error }, { missing: true }, { missing: true }]]);
  });

  it("is an example of a field that is no number", async () => {
    const { body } = await ask(sites("volume", ["1e400"]), "fields", { collection: "site" });
    const { fields } = body as { fields: { name: string; example: unknown }[] };
    expect(fields.find(({ name }) => name === "volume")?.example).toEqual(error);
  });
});

describe("a date", () => {
  publicCase("A6", () => dateCells("2026-11-30T23:59:59.9999999"));
  publicCase("A7", () => dateCells("2026-11-01T00:00:00", "9999-12-31T23:59:59.9999999"));
  publicCase("A8", () => dateCells("2026-11-02 10:00:00+00", "2026-11-02T24:00:00"));

  it.each([
    ["2026-11-02T10:00", "2026-11-02T10:00:00"],
    ["2026-11-02t10:00:00.000z", "2026-11-02T10:00:00"],
    ["2026-11-02 10:00:00.1234567 +00:00", "2026-11-02T10:00:00.123"],
    ["2026-11-02T10:00:00,5+0100", "2026-11-02T10:00:00.500"],
    ["2026-11-02T10:00:00.123456789-03:30", "2026-11-02T10:00:00.123"],
    ["2026-12-31T24:00:00Z", "2027-01-01"],
  ])("is one as %s", async (text, shown) => expect(await dateCells(text)).toBe(`date ${shown}`));

  it("that Excel cannot represent stays text in a column of dates", async () => {
    const values = ["2026-11-02T10:00:00", "1899-12-31T10:00:00", "1900-02-29", "0001-01-01T00:00:00Z"];
    const { columns, rows } = await tableOf(
      "createdOn",
      values.map((text) => JSON.stringify(text)),
    );
    expect(columns[0]!.type).toBe("datetime");
    expect(rows.flat().sort()).toEqual([...values.slice(0, 3), null].sort());
    const unknown = await tableOf("madeOn", ['"2026-11-02 10:00:00+00"', '"1899-12-31T10:00:00"']);
    expect(unknown.columns[0]!.type).toBe("datetime");
    expect(cellsOf(unknown)).toEqual(["date 2026-11-02T10:00:00", "1899-12-31T10:00:00"]);
  });

  it("passes the filter that selected it, in whatever form the server writes it", async () => {
    const body = { collection: "site", query: "(createdOn=2026-11-02T10:00:00)", fields: ["createdOn"] };
    const { status } = await ask(sites("createdOn", ['"2026-11-02 10:00:00+00"']), "query", body);
    expect(status).toBe(200);
  });
});

describe("text", () => {
  publicCase("A10", async () => {
    const [cell] = cellsOf(await tableOf("note", [JSON.stringify("😀".repeat(20_000))])) as [string];
    return `${cell.length} characters, the last ones ${[...cell].slice(-2).join("")}`;
  });
});

describe("a key of text", () => {
  const sites = ["Café", "Ring\u00A0Road"].map(
    (name, at) => `{"id":{"entityId":"e${at}"},"data":{"loyaltyId":"\u200B${name}","n":${at + 1}}}`,
  );
  const find = async (...keys: string[]) => {
    const requests = [{ field: "n", values: keys.map((key) => [key]) }];
    return (await lookUp(sites, { requests })).results[0]!;
  };

  publicCase("B6", async () => JSON.stringify((await find("CAFE\u0301"))[0]));

  it("is compared by its visible characters", async () => {
    const found = await find("\uFEFFcafé\u00AD", "ring\u00A0road\u00A0", "\u200B", "Ring Road");
    expect(found).toEqual([{ value: 1 }, { value: 2 }, { missing: true }, { value: 2 }]);
  });
});
