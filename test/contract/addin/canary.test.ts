/**
 * No formula makes the add-in write a secret into the workbook.
 *
 * By design the ticket is in the origin's storage, and only there.
 */
import { expect, it } from "vitest";
import type { FaultKind } from "../../../src/simulator/fault.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { errorOf, openExcel, startService, valuesOf } from "./kal.ts";

/** Valid and invalid formulas. */
const formulas: readonly (readonly ["QUERY" | "STATUS", ...unknown[]])[] = [
  ["STATUS"],
  ["STATUS", "token"],
  ["STATUS", "clientId"],
  ["QUERY", "site", "(entityVariant=Own)+(limit=3)"],
  ["QUERY", "product", "(limit=3)", "site.name, currentPrice"],
  ["QUERY", "nowhere"],
  ["QUERY", "sample:site", "(limit"],
];

const faults: readonly (FaultKind &
  ("unauthorised" | "malformed" | "cut-off" | "redirected" | "sign-in-page"))[] = [
  "unauthorised",
  "malformed",
  "cut-off",
  "redirected",
  "sign-in-page",
];

it(
  "neither cells nor the workbook's settings hold a secret, a ticket or a token",
  { timeout: 60_000 },
  async () => {
    const service = await startService();
    const workbook = createMemoryWorkbook();
    const connected = await service.connect({ environment: "sample" });
    const connections = [connected];
    const { storage } = await openExcel({ service, workbook, connections });
    const cells: unknown[] = [];
    // A new workbook each time, with neither cached answers nor failures.
    const runAll = async () => {
      const { call } = await openExcel({ service, workbook, connections });
      for (const formula of formulas) cells.push(valuesOf(await call(...formula)));
    };
    await runAll();
    for (const kind of faults) {
      service.simulator.faults.add({ kind });
      await runAll();
      service.simulator.faults.clear();
    }

    const { clientSecret } = service.simulator.credentials.sample;
    const [, id = "", key = ""] = /^kal_(.{22})_(.{43})$/.exec(connected.ticket) ?? [];
    expect(key).toHaveLength(43);
    const written = JSON.stringify([cells, workbook.readSettings()]);
    expect(written).toContain("sample");
    expect(written).toContain("KAL_UPSTREAM_INVALID");
    for (const canary of [clientSecret, id, key]) expect(written).not.toContain(canary);
    expect(written).not.toMatch(/eyJ|Bearer/);

    const stored = JSON.stringify(
      Array.from({ length: storage.length }, (_, at) => storage.getItem(storage.key(at) ?? "")),
    );
    expect(stored).toContain(key);
    expect(stored).not.toContain(clientSecret);
    expect(stored).not.toMatch(/eyJ/);
  },
);

it("ends a cell's error with the gateway's request id", async () => {
  const service = await startService();
  const { call } = await openExcel({ service });
  service.simulator.faults.add({ kind: "malformed" });
  const text = errorOf(await call("QUERY", "site"));
  const [, requestId = ""] = /\[KAL_UPSTREAM_INVALID, ([0-9a-f-]{36})\]$/.exec(text) ?? [];
  const lines = service
    .log()
    .filter((line) => line.includes(requestId))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ requestId, route: "/api/v1/query", code: "KAL_UPSTREAM_INVALID" });
});
