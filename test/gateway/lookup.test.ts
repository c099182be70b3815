/**
 * `POST /api/v1/lookup`: one request serves thousands of cells, so an error in one of them must not affect the others.
 */
import { expect, it } from "vitest";
import type { LookupAnswer, LookupResult } from "../../src/kalibrate/gateway-api.ts";
import { useSample } from "./support/sample.ts";

const sample = useSample({ ownSites: 3 });

async function lookUp(values: readonly unknown[], keys = ["importCode"]): Promise<readonly LookupResult[]> {
  const { status, body } = await sample.gateway.call<LookupAnswer>("POST", "/api/v1/lookup", {
    ticket: sample.ticket,
    body: { collection: "site", query: "(entityVariant=Own)", keys, requests: [{ field: "name", values }] },
  });
  expect(status).toBe(200);
  return body.results[0]!;
}

const refused = { error: expect.objectContaining({ code: "KAL_REQUEST_INVALID" }) as unknown };

it("answers every valid value, and gives each invalid one an error in its place", async () => {
  const { body } = await sample.query({
    collection: "site",
    query: "(entityVariant=Own)",
    fields: ["importCode", "name"],
  });
  const [code, name] = body.rows[0]!;
  const wrong = [
    [{ type: "Double", basicValue: 1, numberFormat: "0" }],
    [["nested"]],
    [code, "one more"],
    [],
    "no list",
    null,
    7,
    [`${"x".repeat(32_768)}`],
  ];
  const answers = await lookUp([[code], ...wrong, [null], [""], ["nowhere"], [code]]);
  expect(answers[0]).toEqual({ value: name });
  expect(answers.at(-1)).toEqual({ value: name });
  expect(answers.slice(1, -4)).toEqual(wrong.map(() => refused));
  expect(answers.slice(-4, -1)).toEqual([{ missing: true }, { missing: true }, { missing: true }]);
});
