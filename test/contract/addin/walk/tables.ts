/**
 * Tables of the walk: inserted and refreshed by two people in one workbook, each with their own Excel.
 * @module
 */
import { intersection } from "../../../../src/workbench/excel-host/areas.ts";
import type { Area, SpreadsheetModel } from "../../../../src/workbench/excel-host/model.ts";
import { bodyOf } from "../../../../src/workbench/excel-host/objects/find-area.ts";
import { wrongIn } from "./formulas.ts";
import type { WalkPage } from "./walk-page.ts";

/** An inserted table. */
interface WalkTable {
  readonly name: string;
  readonly question: number;
  /** The oldest version that it may show. */
  floor: number;
}

/** An unfinished action on tables. */
interface TableWork {
  /** The runtime that does it; the action ends with that runtime. */
  readonly page: WalkPage;
  /** The area of a table being inserted. */
  area?: Area;
  readonly maxVersion?: number;
}

export interface WalkTables {
  readonly insert: (page: WalkPage, area: Area, question: number) => void;
  /** A colleague's refresh may write older data after one's own: until it ends, no newer data is promised. */
  readonly refresh: (page: WalkPage) => void;
  /** @returns the promise of a refresh of all tables that starts now, to call when it ends */
  readonly promiseFor: (version: number) => () => void;
  readonly isOpen: () => boolean;
  /** Whether a table is being inserted there. */
  readonly reserves: (area: Area) => boolean;
  readonly rowInserted: (sheetId: string, row: number) => void;
  /** The runtime has ended: a person removes what it has left behind. */
  readonly end: (page: WalkPage) => void;
  /** Undo may restore older rows. */
  readonly forgetFloors: () => void;
  /** @throws Error that names the table with a wrong value */
  readonly check: (isCalm?: boolean) => void;
}

/** @param newest the data’s current version */
export function createTables(spreadsheet: SpreadsheetModel, newest: () => number): WalkTables {
  const known = new Map<string, WalkTable>();
  const works = new Set<TableWork>();
  /** The refreshes of all tables that are under way, each with the version that it may promise. */
  const promises = new Set<{ version: number }>();
  let failure: Error | undefined;

  async function follow(work: TableWork, done: Promise<void>): Promise<void> {
    works.add(work);
    try {
      await done;
    } finally {
      works.delete(work);
    }
  }

  /** What another refresh may still write lowers what those beside it can promise. */
  function promise(version: number): { version: number } {
    const maxVersions = [...works].flatMap(({ maxVersion }) => maxVersion ?? []);
    return { version: Math.min(version, ...maxVersions) };
  }

  /** The table's displayed rows, without those that a person has inserted. */
  function rowsOf(name: string) {
    const table = spreadsheet.tables().find((table) => table.name === name);
    return table
      ? spreadsheet.read(bodyOf(table)).filter((row) => row.some(({ value }) => value !== ""))
      : undefined;
  }

  return {
    insert(page, area, question) {
      const { name } = spreadsheet.sheets().find(({ id }) => id === area.sheetId)!;
      const place = `${name}!${String.fromCharCode(65 + area.column)}${area.row + 1}`;
      const request = { collection: "price", query: `(id=${question})`, fields: ["code", "price", "day"] };
      const inserted = page.insertTable(request, { place }).then(
        (table) => void known.set(table.name, { name: table.name, question, floor: 0 }),
        (error: { code?: string }) => {
          // Refused, and the sheet is unchanged.
          if (!error.code?.startsWith("KAL_")) failure ??= error as Error;
        },
      );
      void follow({ page, area }, inserted);
    },
    refresh(page) {
      const version = newest();
      for (const table of known.values()) table.floor = Math.min(table.floor, version);
      for (const promised of promises) promised.version = Math.min(promised.version, version);
      const refreshed = page.refreshTables("workbook").then(
        () => {
          for (const table of known.values()) table.floor = Math.min(table.floor, version);
        },
        () => undefined,
      );
      void follow({ page, maxVersion: version }, refreshed);
    },
    promiseFor(version) {
      const reached = [...known.values()];
      const promised = promise(version);
      promises.add(promised);
      return () => {
        promises.delete(promised);
        for (const table of reached) table.floor = Math.max(table.floor, promised.version);
      };
    },
    isOpen: () => works.size > 0,
    reserves: (area) => [...works].some((work) => work.area && intersection(work.area, area)),
    rowInserted(sheetId, row) {
      for (const work of works) {
        const { area } = work;
        if (area?.sheetId !== sheetId || area.row + area.rows <= row) continue;
        work.area = area.row >= row ? { ...area, row: area.row + 1 } : { ...area, rows: area.rows + 1 };
      }
    },
    end(page) {
      for (const work of works) {
        if (work.page !== page) continue;
        works.delete(work);
        if (!work.area) continue;
        for (const name of spreadsheet.tablesIn(work.area)) {
          const table = spreadsheet.tables().find((table) => table.name === name);
          if (table && !known.has(name)) spreadsheet.removeTable(table.id);
        }
        const { rows, columns } = work.area;
        spreadsheet.write(
          work.area,
          Array.from({ length: rows }, () => Array.from({ length: columns }, () => "")),
        );
      }
    },
    forgetFloors() {
      for (const table of known.values()) table.floor = 0;
    },
    check(isCalm = false) {
      if (failure) throw failure;
      for (const { name, question, floor } of known.values()) {
        const rows = rowsOf(name);
        // Undo has removed or emptied it.
        if (!rows || rows.length === 0) continue;
        const found = wrongIn(rows, { kind: "table", question });
        if ("wrong" in found) throw new Error(`The table ${name} (${question}) shows ${found.wrong}.`);
        if (found.version > newest() || found.version < floor) {
          throw new Error(`The table ${name} shows version ${found.version}, at least ${floor} was told.`);
        }
        if (isCalm && found.version < newest()) throw new Error(`The table ${name} was not refreshed.`);
      }
      const unknown = spreadsheet.tables().find(({ name }) => !known.has(name));
      if (unknown && works.size === 0) throw new Error(`Nobody has inserted the table ${unknown.name}.`);
    },
  };
}
