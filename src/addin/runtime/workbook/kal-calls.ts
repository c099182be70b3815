/**
 * Counts the calls of our functions in a formula: direct ones, and those through defined names.
 * @module
 */
import { namespace, ownFunctionOf } from "../formulas/namespace.ts";
import { tokensOf } from "../formulas/tokens.ts";

/** A defined name and its formula: `SiteList`, `=KAL.QUERY("site")`. */
export interface NamedFormula {
  readonly name: string;
  readonly formula: string;
  /** The sheet of a sheet-level name; undefined for a workbook-level one. */
  readonly sheet?: string;
}

const mayCall = new RegExp(namespace, "i");

/** An open pair of parentheses, with the names that its LET or LAMBDA defines. */
interface Frame {
  readonly kind: "LET" | "LAMBDA" | "other";
  readonly defined: Set<string>;
  /** Index from 0. */
  argument: number;
  isArgumentBegun: boolean;
  /** The name being defined: it applies from the argument after its value. */
  defining: string | undefined;
}

export interface WorkbookNames {
  /** The names of the workbook and its sheets. */
  readonly names: readonly NamedFormula[];
  readonly sheets: readonly string[];
  /** The file name, which may precede the workbook's names: `Prices.xlsx!SiteList`. */
  readonly fileName: string;
}

/**
 * Creates a function that counts the calls in a formula.
 * @param only counts the calls of one function, `STATUS`; default: all of ours
 * @returns a function of the formula and its sheet's name
 */
export function createCallCounter(
  { names, sheets, fileName }: WorkbookNames,
  only?: string,
): (formula: string, sheet: string) => number {
  function isMeant(name: string): boolean {
    const own = ownFunctionOf(name);
    return own !== undefined && (only === undefined || own === only);
  }

  const known = new Map(names.map((nameItem) => [keyOf(nameItem.name, nameItem.sheet), nameItem]));
  const scopes = new Set(sheets.map((name) => name.toLowerCase()));
  const callingNames = patternOf(namesThatMayCall(names));
  const counted = new Map<string, number>();

  function countInName(name: string, before: string | undefined, sheet: string): number {
    const isFile = before?.toLowerCase() === fileName.toLowerCase();
    // Any other prefix than a sheet or this file means a name in another file.
    if (before !== undefined && !isFile && !scopes.has(before.toLowerCase())) return 0;
    const scope = isFile ? undefined : (before ?? sheet);
    const found = known.get(keyOf(name, scope)) ?? known.get(keyOf(name));
    if (!found) return 0;
    const place = found.sheet ?? sheet;
    const key = `${keyOf(found.name, found.sheet)}\n${place}`;
    const knownCount = counted.get(key);
    if (knownCount !== undefined) return knownCount;
    // A name that refers to itself calls nothing; this also ends the recursion.
    counted.set(key, 0);
    const count = countIn(found.formula, place);
    counted.set(key, count);
    return count;
  }

  function countIn(formula: string, sheet: string): number {
    let count = 0;
    let lastName = "";
    let frame = frameOf("");
    const outer: Frame[] = [];
    const tokens = tokensOf(formula);
    for (const [at, { text, name, before }] of tokens.entries()) {
      const isFirst = !frame.isArgumentBegun;
      frame.isArgumentBegun = true;
      const next = tokens[at + 1]?.text;
      const isDefined = isFirst && next === "," && definesNames(frame);
      if (text === "(" || text === "{") {
        outer.push(frame);
        frame = frameOf(text === "(" ? lastName : "");
      } else if (text === ")" || text === "}") frame = outer.pop() ?? frame;
      else if (text === ",") nextArgument(frame);
      // LAMBDA writes optional parameters in brackets.
      else if (isDefined && /^\[?[\p{L}_]/u.test(text)) frame.defining = text.replace(/[[\]]/g, "");
      else if (name !== undefined) {
        const isLocal =
          before === undefined && [...outer, frame].some(({ defined }) => defined.has(name.toLowerCase()));
        if (next === "(" && isMeant(name)) count += 1;
        else if (!isLocal) count += countInName(name, before, sheet);
      }
      lastName = name ?? "";
    }
    return count;
  }

  return (formula, sheet) =>
    mayCall.test(formula) || callingNames?.test(formula) ? countIn(formula, sheet) : 0;
}

/** Whether a formula is a single call of ours: its cell then shows the first value of the answer. */
export function isOneCall(formula: string): boolean {
  const [call, ...others] = tokensOf(formula.replace(/^\s*=\s*@?/, ""));
  if (!call || ownFunctionOf(call.text) === undefined || others[0]?.text !== "(") return false;
  let depth = 0;
  return others.every(({ text }, at) => {
    if (text === "(") depth += 1;
    else if (text === ")") depth -= 1;
    return depth > 0 || at === others.length - 1;
  });
}

function frameOf(functionName: string): Frame {
  const [kind = "other"] = /(?:LET|LAMBDA)$/.exec(functionName.toUpperCase().replace(/^_XLFN\./, "")) ?? [];
  return {
    kind: kind as Frame["kind"],
    defined: new Set(),
    argument: 0,
    isArgumentBegun: false,
    defining: undefined,
  };
}

/** LET alternates names and values, LAMBDA begins with its parameters; the last argument has no comma after it. */
function definesNames({ kind, argument }: Frame): boolean {
  return kind === "LAMBDA" || (kind === "LET" && argument % 2 === 0);
}

function nextArgument(frame: Frame): void {
  frame.argument += 1;
  frame.isArgumentBegun = false;
  // In its own value, a name still has its outer meaning.
  if (frame.defining === undefined || (frame.kind === "LET" && frame.argument % 2 === 1)) return;
  frame.defined.add(frame.defining.toLowerCase());
  frame.defining = undefined;
}

/**
 * Names whose formula contains the namespace or one of these names. May include too many: this is only a quick check
 * before parsing.
 */
function namesThatMayCall(names: readonly NamedFormula[]): string[] {
  let calling = names.filter(({ formula }) => mayCall.test(formula));
  for (let before = -1; before !== calling.length;) {
    before = calling.length;
    const pattern = patternOf(calling.map(({ name }) => name));
    calling = names.filter(({ formula }) => mayCall.test(formula) || pattern?.test(formula));
  }
  return calling.map(({ name }) => name);
}

function patternOf(names: readonly string[]): RegExp | undefined {
  const texts = names.map((name) => name.replace(/[\\.?]/g, "\\$&"));
  return texts.length > 0 ? new RegExp(texts.join("|"), "iu") : undefined;
}

const keyOf = (name: string, sheet = ""): string => `${sheet}!${name}`.toLowerCase();
