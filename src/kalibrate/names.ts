/**
 * Names of attributes as text, in queries, fields and keys: steps joined by dots.
 *
 * A step of letters (of any script), digits, `_` and `-` is written plainly. Any other step is put in single quotes,
 * which are doubled inside: `'Net Price'`, `site.'Code (old)'`. A first step that begins with a digit needs quotes too,
 * because a number in place of a name is mostly a misplaced argument. An item of a list is a step: `prices[0]` is
 * `prices.0`.
 * @module
 */

/** A path through a document and the documents it refers to: `["brand", "name"]`. */
export type Path = readonly string[];

const rest = String.raw`[\p{L}\p{M}\p{Nd}_-]*`;
const firstStep = new RegExp(String.raw`-*[\p{L}_]${rest}`, "uy");
const laterStep = new RegExp(String.raw`-*[\p{L}\p{Nd}_]${rest}`, "uy");
/** The length is limited so that a stray quote does not make the reader search a long text again and again. */
const quotedStep = /'((?:[^'\r\n]|''){1,200})'(?!')|‘([^’\r\n]{1,200})’/y;
const item = /\[(\d{1,9})\]/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Reads the path that begins at an index.
 * @returns the path and the index after it; undefined if no path begins there.
 */
export function pathAt(
  text: string,
  start: number,
): { readonly path: Path; readonly end: number } | undefined {
  const path: string[] = [];
  let end = start;
  for (;;) {
    const from = path.length === 0 ? start : end + 1;
    const bareStep = path.length === 0 ? firstStep : laterStep;
    const quoted = match(quotedStep, text, from);
    const step = quoted ? (quoted[1]?.replaceAll("''", "'") ?? quoted[2]) : match(bareStep, text, from)?.[0];
    if (step === undefined) break;
    path.push(step);
    end = quoted ? quotedStep.lastIndex : bareStep.lastIndex;
    for (let found = match(item, text, end); found; found = match(item, text, end)) {
      path.push(found[1] ?? "");
      end = item.lastIndex;
    }
    if (text[end] !== ".") break;
  }
  return path.length > 0 ? { path, end } : undefined;
}

/** Reads a text that is exactly one path; undefined if it is not. */
export function readPath(text: string): Path | undefined {
  const read = pathAt(text, 0);
  return read?.end === text.length ? read.path : undefined;
}

/** The path of a text that `writePath` wrote. */
export function pathOf(text: string): Path {
  return readPath(text) ?? [text];
}

/**
 * Reads a name from a cell. Excel drops a quote at the beginning of typed text, so that quote may be missing.
 * @returns undefined if the text is not a path.
 */
export function readName(text: string): Path | undefined {
  return readPath(text) ?? (text.endsWith("'") ? readPath(`'${text}`) : undefined);
}

/** A hint how to write a name that is not a path; undefined if quotes would not help. */
export function quotesHint(text: string): string | undefined {
  if (text.length > 60 || /['\r\n]/.test(text)) return undefined;
  return `Put a name with blanks or signs into single quotes: ${quoteStep(text)}. In a cell, type the first one twice.`;
}

/** The text of a path; `readPath` is its inverse. */
export function writePath(path: Path): string {
  return path
    .map((step, at) => {
      const isBare = match(at === 0 ? firstStep : laterStep, step, 0)?.[0] === step;
      return isBare ? step : quoteStep(step);
    })
    .join(".");
}

/** A step in single quotes. */
export function quoteStep(step: string): string {
  return `'${step.replaceAll("'", "''")}'`;
}

/**
 * Splits a text with several names, separated by commas, semicolons or line ends outside quotes. Names stay as written.
 */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  for (let at = 0; at < text.length;) {
    const start = match(blanks, text, at) ? blanks.lastIndex : at;
    const end = match(upToSeparator, text, pathAt(text, start)?.end ?? start)
      ? upToSeparator.lastIndex
      : start;
    const name = text.slice(start, end).trim();
    if (name !== "") names.push(name);
    at = end + 1;
  }
  return names;
}

const blanks = /[^\S\n]*/y;
const upToSeparator = /[^,;\n]*/y;
