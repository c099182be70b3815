/**
 * Parses a formula: values, names, calls, and texts joined by &.
 * @module
 */

export type FormulaNode =
  | { readonly kind: "value"; readonly value: string | number | boolean }
  | { readonly kind: "array"; readonly rows: readonly (readonly (string | number | boolean)[])[] }
  | { readonly kind: "join"; readonly parts: readonly FormulaNode[] }
  /** A name or cells, with the sheet or file before it. */
  | { readonly kind: "name"; readonly name: string; readonly before?: string | undefined }
  /** An omitted argument is null. */
  | { readonly kind: "call"; readonly callee: FormulaNode; readonly args: readonly (FormulaNode | null)[] };

const tokens =
  /"(?:[^"]|"")*"|-?\d+(?:\.\d+)?(?![\w:])|(?:'(?:[^']|'')*'!|[\p{L}\p{N}_.]+!)?\$?[\p{L}_][\p{L}\p{N}_.$:]*|\S/gu;

/** The formula contains something that is not emulated. */
export class UnknownInFormula extends Error {}

/** @throws UnknownInFormula */
export function parseFormulaText(formula: string): FormulaNode {
  const list = formula.replace(/^=/, "").match(tokens) ?? [];
  let at = 0;
  const take = (expected: string) => {
    if (list[at] !== expected)
      throw new UnknownInFormula(`${formula}: ${expected} is expected before ${list[at]}.`);
    at += 1;
  };

  function join(): FormulaNode {
    const first = term();
    const parts = [first];
    while (list[at] === "&") {
      at += 1;
      parts.push(term());
    }
    return parts.length === 1 ? first : { kind: "join", parts };
  }

  function term(): FormulaNode {
    if (list[at] === "@") at += 1;
    let node = primary();
    while (list[at] === "(") node = { kind: "call", callee: node, args: args() };
    return node;
  }

  function args(): (FormulaNode | null)[] {
    take("(");
    const found: (FormulaNode | null)[] = [];
    if (list[at] !== ")") {
      for (;;) {
        found.push(list[at] === "," || list[at] === ")" ? null : join());
        if (list[at] !== ",") break;
        at += 1;
      }
    }
    take(")");
    return found;
  }

  function primary(): FormulaNode {
    if (list[at] === "{") return array();
    const text = list[at++] ?? "";
    const value = literal(text);
    if (value !== undefined) return { kind: "value", value };
    const [, before, name] = /^(?:(.+)!)?(\$?[\p{L}_].*)$/u.exec(text) ?? [];
    if (name === undefined) throw new UnknownInFormula(`${formula}: ${text} is not known here.`);
    return { kind: "name", name, before: before?.replace(/^'|'$/g, "").replaceAll("''", "'") };
  }

  function array(): FormulaNode {
    let row: (string | number | boolean)[] = [];
    const rows = [row];
    for (at += 1; list[at] !== "}"; at += 1) {
      if (list[at] === ",") continue;
      if (list[at] === ";") {
        rows.push((row = []));
        continue;
      }
      const value = literal(list[at] ?? "");
      if (value === undefined) throw new UnknownInFormula(`${formula}: an array holds ${list[at]}.`);
      row.push(value);
    }
    take("}");
    return { kind: "array", rows };
  }

  const node = join();
  if (at < list.length) throw new UnknownInFormula(`${formula}: ${list[at]} is not known here.`);
  return node;
}

function literal(text: string): string | number | boolean | undefined {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  if (/^-?\d/.test(text)) return Number(text);
  return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
}
