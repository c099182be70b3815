/**
 * Splits rows into chunks that each fit into one request to Excel.
 * @module
 */

/** The content of a cell to write; null leaves the cell as it is. */
export type Content = string | number | boolean | null;

/** Some of the rows, with their position. */
export interface Chunk {
  readonly row: number;
  readonly column: number;
  readonly contents: Content[][];
}

export interface ChunkLimits {
  readonly cells: number;
  /** Length as JSON, the format in which office.js sends them. */
  readonly characters: number;
}

/**
 * Excel on the web accepts 5 MB per request; a character takes up to three bytes, and office.js adds data of its own.
 */
export const chunkLimits: ChunkLimits = { cells: 20_000, characters: 1_000_000 };

/** @param rows of equal length, at least one cell each */
export function* chunksOf(rows: Iterable<Content[]>, limits: ChunkLimits = chunkLimits): Generator<Chunk> {
  let contents: Content[][] = [];
  let first = 0;
  let row = 0;
  let cells = 0;
  let characters = 0;
  for (const line of rows) {
    const length = line.reduce<number>((sum, content) => sum + lengthOf(content), 0);
    const isFull = cells + line.length > limits.cells || characters + length > limits.characters;
    if (isFull && contents.length > 0) {
      yield { row: first, column: 0, contents };
      contents = [];
      first = row;
      cells = 0;
      characters = 0;
    }
    if (line.length > limits.cells || length > limits.characters) {
      yield* partsOf(line, row, limits);
      first = row + 1;
    } else {
      contents.push(line);
      cells += line.length;
      characters += length;
    }
    row += 1;
  }
  if (contents.length > 0) yield { row: first, column: 0, contents };
}

/** Splits a row that alone exceeds the limits. */
function* partsOf(line: readonly Content[], row: number, limits: ChunkLimits): Generator<Chunk> {
  let part: Content[] = [];
  let column = 0;
  let characters = 0;
  for (const content of line) {
    const length = lengthOf(content);
    if (part.length > 0 && (part.length >= limits.cells || characters + length > limits.characters)) {
      yield { row, column, contents: [part] };
      column += part.length;
      part = [];
      characters = 0;
    }
    part.push(content);
    characters += length;
  }
  yield { row, column, contents: [part] };
}

/** Includes the comma that follows. */
export function lengthOf(content: Content): number {
  return JSON.stringify(content).length + 1;
}
