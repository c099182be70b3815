/**
 * Rows on their way into cells, as much at a time as Excel takes.
 * @module
 */
import { type Chunk, chunksOf, type Content } from "./chunks.ts";
import { type Grid, rangeOf } from "./room.ts";

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a part is there already: then it is not sent. */
  readonly isThere?: (part: Chunk) => boolean;
  /** Told before rows are sent: from then on they may be there, up to this one. */
  readonly onReach?: (rows: number) => void;
  /** Told when Excel has them. */
  readonly onWritten?: (rows: number) => void;
}

/**
 * Writes rows, each part once the one before has arrived.
 * @throws the signal's reason when aborted, OfficeExtension.Error when Excel refuses; what is there then stays.
 */
export async function writeRows(
  grid: Grid,
  top: number,
  left: number,
  rows: Iterable<Content[]>,
  { signal, isThere, onReach, onWritten }: WriteOptions = {},
): Promise<void> {
  for (const part of chunksOf(rows)) {
    signal?.throwIfAborted();
    if (isThere?.(part)) continue;
    const { row, column, contents } = part;
    const below = row + contents.length;
    onReach?.(below);
    const size = { rows: contents.length, columns: contents[0]!.length };
    rangeOf(grid, { row: top + row, column: left + column, ...size }).values = contents;
    await grid.sheet.context.sync();
    onWritten?.(below);
  }
  signal?.throwIfAborted();
}
