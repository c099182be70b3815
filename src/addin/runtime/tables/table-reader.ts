/**
 * Reads a table from a streamed answer: a line with the columns, a line for each row, and a last line with the count.
 * Without the count the table is incomplete.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../../kalibrate/gateway-api.ts";
import type { Column, Table, TableValue } from "../../../kalibrate/table.ts";
import { columns as exampleColumns, isLike, row } from "../session/gateway-answers.ts";

export interface StreamedTable extends Table {
  /** ISO date-time (UTC) of the oldest data in the table. */
  readonly asOf: string;
  /** Number of records left out because the table holds a newer version of them. */
  readonly superseded?: number | undefined;
  /** The filters that the service applied because the Data API cannot. */
  readonly filteredHere?: string | undefined;
  /** What it sent to the Data API, where that is not the query. */
  readonly sent?: string | undefined;
  /** Whose pull it was, if not this call's; see QueryAnswer. */
  readonly shared?: QueryAnswer["shared"];
}

export interface TableReader {
  /** Rows received so far. */
  readonly rowCount: number;
  /** @throws KalError as soon as the answer is certainly unusable. */
  readonly take: (bytes: Uint8Array) => void;
  /**
   * Returns the table at the end of the stream.
   * @throws KalError if it is incomplete.
   */
  readonly end: () => StreamedTable;
}

/** @param maxRows with more rows the answer is refused with KAL_TOO_LARGE */
export function createTableReader(maxRows: number): TableReader {
  const decoder = new TextDecoder();
  let head: Omit<StreamedTable, "rows"> | undefined;
  const rows: TableValue[][] = [];
  let isWhole = false;
  /** The start of a line whose end has not arrived yet. */
  let pending = "";

  function takeLine(line: string): void {
    if (isWhole) throw notWhole();
    if (!head) {
      head = headIn(line);
      return;
    }
    const value = parse(line);
    if (Array.isArray(value) && value.length === head.columns.length && isLike(value, row)) {
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

/** @throws SyntaxError for anything but JSON: then our service did not send the answer. */
function headIn(line: string): Omit<StreamedTable, "rows"> {
  const { columns, asOf, superseded, sent, filteredHere, shared } = Object(JSON.parse(line)) as Record<
    string,
    unknown
  >;
  const isHead = isLike(columns, exampleColumns) && (columns as unknown[]).length > 0;
  if (!isHead || typeof asOf !== "string") throw notWhole();
  return {
    columns: columns as Column[],
    asOf,
    superseded: typeof superseded === "number" ? superseded : undefined,
    filteredHere: textOf(filteredHere),
    sent: textOf(sent),
    shared: origins.find((origin) => origin === shared),
  };
}

const origins = ["call", "memory", "replica"] as const;

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

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
