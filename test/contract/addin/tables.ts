/**
 * A workbook for inserting tables, as the pane does.
 * @module
 */
import path from "node:path";
import { addressOf } from "../../../src/excel/address.ts";
import type { CellContent } from "../../../src/workbench/excel-host/model.ts";
import { bundle } from "../../support/bundle.ts";
import { areaOf, type CellsOptions, type ExcelWithCells, openCells } from "./cells.ts";
import type { TablesOfPage } from "./tables-page.ts";

const code = bundle(path.join(import.meta.dirname, "tables-page.ts"));

export interface ExcelWithTables extends ExcelWithCells, TablesOfPage {
  /** The content of cells, by address: `B2:C4`. */
  readonly values: (address: string) => CellContent[][];
  /** Address of the used cells of Sheet1; undefined for none. */
  readonly used: () => string | undefined;
  /** Names of the tables with their addresses. */
  readonly tables: () => Record<string, string>;
  /** The saved queries of the tables. */
  readonly kept: () => Record<string, { readonly query: object }>;
}

export async function openTables(options: CellsOptions): Promise<ExcelWithTables> {
  const scripts = [{ code: await code, fileName: "tables-page.js" }];
  const excel = await openCells({ ...options, scripts });
  const { spreadsheet, host, page, workbook } = excel;
  await host.ready;
  return {
    ...excel,
    ...(page.window as unknown as { kalTables: TablesOfPage }).kalTables,
    values: (address) =>
      spreadsheet.read(areaOf(spreadsheet, address)).map((row) => row.map(({ value }) => value)),
    used() {
      const used = spreadsheet.usedArea("sheet-1");
      return used && addressOf(used);
    },
    tables: () => Object.fromEntries(spreadsheet.tables().map(({ name, area }) => [name, addressOf(area)])),
    kept() {
      const settings = Object.entries(workbook.readSettings());
      const tables = settings.filter(([key]) => key.startsWith("KAL.table."));
      const kept = tables.map(([, json]) => JSON.parse(json) as { name: string; query: object });
      return Object.fromEntries(kept.map((table) => [table.name, table]));
    },
  };
}

/** A network between page and service; requests for queries go through `change`. */
export function networkWith(
  change: (body: object, send: (body: object) => Promise<Response>) => Promise<Response>,
) {
  return (address: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const text = address instanceof Request ? address.url : String(address);
    if (!text.endsWith("/query")) return fetch(address, init);
    const send = (body: object) => fetch(address, { ...init, body: JSON.stringify(body) });
    return change(JSON.parse(init?.body as string) as object, send);
  };
}

/** An answer with invented rows, in pieces as a service sends it. */
export function answerOf(columns: readonly object[], rows: readonly unknown[][]): Response {
  function* pieces() {
    const encoder = new TextEncoder();
    yield encoder.encode(`${JSON.stringify({ columns, asOf: "2026-11-26T00:00:00Z" })}\n`);
    for (let from = 0; from < rows.length; from += 500) {
      const lines = rows.slice(from, from + 500).map((row) => `${JSON.stringify(row)}\n`);
      yield encoder.encode(lines.join(""));
    }
    yield encoder.encode(`${JSON.stringify({ rowCount: rows.length })}\n`);
  }
  const left = pieces();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = left.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(stream);
}
