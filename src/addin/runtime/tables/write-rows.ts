/**
 * Writes rows into cells, in chunks that Excel accepts.
 * @module
 */
import { type Chunk, chunksOf, type Content } from "./chunks.ts";
import { type Grid, rangeOf } from "./room.ts";

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a chunk is already there and need not be written. */
  readonly isThere?: (part: Chunk) => boolean;
  /** Called before rows are sent: from then on rows up to this number may be there. */
  readonly onReach?: (rows: number) => void;
  /** Called with the number of rows that Excel has confirmed. */
  readonly onWritten?: (rows: number) => void;
}

/**
 * Writes rows, one chunk at a time.
 * @throws the signal's reason when aborted, OfficeExtension.Error when Excel refuses. The rows already written stay.
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
    const size = { rows: contents.length, columns: contents[0]?.length ?? 0 };
    rangeOf(grid, { row: top + row, column: left + column, ...size }).values = contents;
    await grid.sheet.context.sync();
    onWritten?.(below);
  }
  signal?.throwIfAborted();
}
