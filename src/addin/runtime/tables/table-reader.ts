/**
 * A table from the lines of a streamed answer: columns, a line for each row, and the count, without which it is not
 * whole.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { Column, Table, TableValue } from "../../../kalibrate/table.ts";

export interface StreamedTable extends Table {
  /** ISO date-time (UTC) of the oldest data in it. */
  readonly asOf: string;
  /** Records that were left out because it holds a newer version of them. */
  readonly superseded?: number | undefined;
  /** The filters that the service applied because the Data API cannot. */
  readonly filteredHere?: string | undefined;
}

export interface TableReader {
  /** Rows that have come so far. */
  readonly rowCount: number;
  /** @throws KalError as soon as it is certain that the answer cannot be used. */
  readonly take: (bytes: Uint8Array) => void;
  /**
   * The table, now that nothing more comes.
   * @throws KalError where it is not whole.
   */
  readonly end: () => StreamedTable;
}

/** @param maxRows over which the answer is given up with KAL_TOO_LARGE */
export function createTableReader(maxRows: number): TableReader {
  const decoder = new TextDecoder();
  let head: Omit<StreamedTable, "rows"> | undefined;
  const rows: TableValue[][] = [];
  let isWhole = false;
  /** Of the line that has not ended yet. */
  let pending = "";

  function takeLine(line: string): void {
    if (isWhole) throw notWhole();
    if (!head) {
      head = headIn(line);
      return;
    }
    const value = parse(line);
    if (Array.isArray(value) && value.length === head.columns.length) {
      if (rows.length === maxRows) throw tooManyRows(maxRows);
      rows.push(value as TableValue[]);
      return;
    }
    if ((value as { rowCount?: unknown } | null)?.rowCount !== rows.length) throw notWhole();
    isWhole = true;
  }

  return {
    get rowCount() {
      return rows.length;
    },
    take(bytes) {
      const lines = (pending + decoder.decode(bytes, { stream: true })).split("\n");
      pending = lines.pop() ?? "";
      lines.forEach(takeLine);
    },
    end() {
      if (!isWhole || !head || pending !== "") throw notWhole();
      return { ...head, rows };
    },
  };
}

/** @throws SyntaxError for what is no JSON: then it is not our service that has answered. */
function headIn(line: string): Omit<StreamedTable, "rows"> {
  const { columns, asOf, superseded, filteredHere } = (JSON.parse(line) ?? {}) as Record<string, unknown>;
  if (!Array.isArray(columns) || columns.length === 0) throw notWhole();
  return {
    columns: columns as Column[],
    asOf: String(asOf),
    superseded: typeof superseded === "number" ? superseded : undefined,
    filteredHere: typeof filteredHere === "string" ? filteredHere : undefined,
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw notWhole(error);
  }
}

function notWhole(cause?: unknown): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", {
    message: "The answer broke off, so none of it is shown.",
    cause,
  });
}

function tooManyRows(maxRows: number): KalError {
  return new KalError("KAL_TOO_LARGE", {
    message: `The result has more rows than the sheet has room for (${maxRows.toLocaleString("en-GB")}).`,
  });
}
