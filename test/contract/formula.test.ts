/** `npm run formula` after the build. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { startGateway } from "../../src/gateway/main.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { runFormula } from "../../src/workbench/formula/run-formula.ts";

const root = path.resolve(import.meta.dirname, "../..");

async function run(...argv: string[]) {
  const written = { out: "", error: "" };
  const code = await runFormula({
    argv,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.error += text) },
    startSimulator: (options) => startSimulator({ ...options, ownSites: 20 }),
    startGateway: (options) => startGateway(options as Parameters<typeof startGateway>[0]),
    officeJsFolder: path.join(root, "node_modules/@microsoft/office-js/dist"),
    addinFolder: path.join(root, "dist/addin"),
  });
  return { code, ...written };
}

describe("the formula command", () => {
  it("prints the cells of a formula", async () => {
    const { code, out } = await run('=KAL.QUERY("price","(entityVariant=Own)+(limit=5)")');
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^entityVariant +site\.importCode +site\.name +product\.product\.name +price/);
    for (const line of lines.slice(1))
      expect(line).toMatch(/^Own +\d+ .* \d\.\d{3} +\d{4}-\d\d-\d\d \d\d:\d\d/);
  });

  it("prints an error as the cell shows it", async () => {
    const { code, out } = await run('=KAL.QUERY("prices")');
    expect(code).toBe(1);
    expect(out).toContain("#VALUE! There is no collection “prices”.");
  });

  it("says what is wrong with a formula that Excel would not accept", async () => {
    expect(await run('=KAL.QUERY("price"')).toMatchObject({ code: 2, out: "" });
    expect((await run('=KAL.QUREY("price")')).error).toContain(
      "Did you mean KAL.QUERY?".replace("KAL.QUERY", "“KAL.QUERY”"),
    );
    expect((await run()).error).toContain("npm run formula -- '=KAL.QUERY(");
  });
});
