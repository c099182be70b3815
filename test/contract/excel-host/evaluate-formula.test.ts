import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluateFormula } from "../../../src/workbench/formula/evaluate-formula.ts";
import { describeFunction, officeJsFolder } from "./fixture.ts";

const functions = [
  describeFunction("QUERY", [
    { name: "collection", type: "string" },
    { name: "query", type: "any", dimensionality: "matrix", optional: true },
    { name: "limit", type: "number", optional: true },
  ]),
];

const code = `CustomFunctions.associate("QUERY", async (collection, query, limit) => {
  const answer = await fetch("/api/v1/query", {
    method: "POST",
    headers: { Authorization: "Bearer " + localStorage.getItem("kal.ticket") },
    body: JSON.stringify({ collection, query, limit }),
  });
  if (!answer.ok) throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, await answer.text());
  return answer.json();
});`;

/** A built add-in in its own folder. */
function buildAddin(script = code): string {
  const folder = mkdtempSync(join(tmpdir(), "kal-addin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "functions.js"), script);
  writeFileSync(join(folder, "functions.json"), JSON.stringify({ functions }));
  return folder;
}

/** A service that echoes requests, for one ticket only. */
async function serve(): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.headers.authorization !== "Bearer planted") response.writeHead(401).end("Connect first.");
      else response.end(JSON.stringify([["asked"], [body]]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function evaluate(formula: string, ticket = "planted", script = code) {
  return evaluateFormula({
    formula,
    addinFolder: buildAddin(script),
    officeJsFolder,
    origin: await serve(),
    localStorage: { "kal.ticket": ticket },
  });
}

describe("a formula evaluated without a browser", () => {
  it("fills cells through the add-in and its service", async () => {
    expect(await evaluate(`=kal.query("site",{"limit",5},2)`)).toEqual([
      [{ value: "asked" }],
      [{ value: `{"collection":"site","query":[["limit",5]],"limit":2}` }],
    ]);
  });

  it("omits omitted arguments", async () => {
    expect(await evaluate(`=KAL.QUERY("site",,2)`)).toEqual([
      [{ value: "asked" }],
      [{ value: `{"collection":"site","query":null,"limit":2}` }],
    ]);
  });

  it("shows an error of the add-in as a cell", async () => {
    expect(await evaluate(`=KAL.QUERY("site")`, "another")).toEqual([
      [{ error: "#VALUE!", message: "Connect first." }],
    ]);
  });

  it.each([
    [`=KAL.QUERRY("site")`, "Did you mean “KAL.QUERY”?"],
    [`=SUM(1,2)`, "no function SUM"],
    [`=KAL.QUERY()`, "too few"],
    [`=KAL.QUERY("a",,1,2)`, "too many"],
    [`=KAL.QUERY(A1)`, "A1 is neither"],
  ])("is refused: %s", async (formula, message) => {
    await expect(evaluate(formula)).rejects.toMatchObject({
      code: "KAL_ARGUMENT_INVALID",
      message: expect.stringContaining(message) as string,
    });
  });

  it("fails with the reason when the add-in's script fails", async () => {
    await expect(evaluate(`=KAL.QUERY("site")`, "planted", "nowhere.to.be.found();")).rejects.toThrow(
      "nowhere is not defined",
    );
  });
});
