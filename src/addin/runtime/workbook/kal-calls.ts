/**
 * How often a formula calls our functions: by itself, and through the names that it uses.
 * @module
 */

/** A name of the workbook and what it stands for: `SiteList`, `=KAL.QUERY("site")`. */
export interface NamedFormula {
  readonly name: string;
  readonly formula: string;
  /** The sheet on which it counts; undefined where it counts on all. */
  readonly sheet?: string;
}

/**
 * One of our functions. `formulas` are English whatever the language of Excel, and so is the namespace; a workbook from
 * another computer may have Excel's own prefix: `_xldudf_KAL_QUERY`, with a path before it (office-js 2051).
 */
const ourFunction = /^(?:_xldudf_)?KAL[._][A-Z]+$/i;
const mayCall = /KAL[._]/i;

/**
 * A text, a name with the sheet or file before it, what stands in the brackets of a table's column, a number, or any
 * other character.
 */
const token =
  /"(?:[^"]|"")*"|(?:(?<before>'(?:[^']|'')*'|(?:\[[^\]]*\])?[\p{L}\p{N}_.\\]*)!)?(?<name>[\p{L}_\\][\p{L}\p{N}_.\\?]*)|\[(?:[^[\]']|'.|\[(?:[^[\]']|'.)*\])*\]|\d[\p{L}\p{N}.]*|\S/gsu;

/** What is open in a formula: a pair of parentheses, with the names that LET or LAMBDA define between them. */
interface Frame {
  readonly kind: "LET" | "LAMBDA" | "other";
  readonly defined: Set<string>;
  /** Counted from 0. */
  argument: number;
  isArgumentBegun: boolean;
  /** Being defined: it counts from the argument behind its value. */
  defining: string | undefined;
}

export interface WorkbookNames {
  /** Of the workbook and of its sheets. */
  readonly names: readonly NamedFormula[];
  readonly sheets: readonly string[];
  /** Of the workbook, which may stand before its names: `Prices.xlsx!SiteList`. */
  readonly fileName: string;
}

/**
 * Makes the function that counts the calls in a formula.
 * @param only counts the calls of one function, `STATUS`; of all ours where left out
 * @returns a function of the formula and the name of the sheet that it is on
 */
export function createCallCounter(
  { names, sheets, fileName }: WorkbookNames,
  only?: string,
): (formula: string, sheet: string) => number {
  const isMeant = (name: string) =>
    ourFunction.test(name) && (only === undefined || name.toUpperCase().endsWith(only));
  const known = new Map(names.map((nameItem) => [keyOf(nameItem.name, nameItem.sheet), nameItem]));
  const scopes = new Set(sheets.map((name) => name.toLowerCase()));
  const callingNames = patternOf(namesThatMayCall(names));
  const counted = new Map<string, number>();

  function countInName(name: string, before: string | undefined, sheet: string): number {
    const isFile = before?.toLowerCase() === fileName.toLowerCase();
    // With anything else in front than a sheet it is a name of another file.
    if (before !== undefined && !isFile && !scopes.has(before.toLowerCase())) return 0;
    const scope = isFile ? undefined : (before ?? sheet);
    const found = known.get(keyOf(name, scope)) ?? known.get(keyOf(name));
    if (!found) return 0;
    const place = found.sheet ?? sheet;
    const key = `${keyOf(found.name, found.sheet)}\n${place}`;
    const knownCount = counted.get(key);
    if (knownCount !== undefined) return knownCount;
    // A name that stands for itself calls nothing.
    counted.set(key, 0);
    const count = countIn(found.formula, place);
    counted.set(key, count);
    return count;
  }

  function countIn(formula: string, sheet: string): number {
    let count = 0;
    let lastName = "";
    const frames = [frameOf("")];
    for (const { 0: text, index, groups } of formula.matchAll(token)) {
      const frame = frames.at(-1)!;
      const isFirst = !frame.isArgumentBegun;
      frame.isArgumentBegun = true;
      const next = /\S/.exec(formula.slice(index + text.length))?.[0];
      const name = groups?.["name"];
      const isDefined = isFirst && next === "," && definesNames(frame);
      if (text === "(" || text === "{") frames.push(frameOf(text === "(" ? lastName : ""));
      else if ((text === ")" || text === "}") && frames.length > 1) frames.pop();
      else if (text === ",") nextArgument(frame);
      // LAMBDA writes a parameter that may be left out in brackets.
      else if (isDefined && /^\[?[\p{L}_]/u.test(text)) frame.defining = text.replace(/[[\]]/g, "");
      else if (name !== undefined) {
        const before = withoutQuotes(groups?.["before"]);
        const isLocal = before === undefined && frames.some(({ defined }) => defined.has(name.toLowerCase()));
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

/** Whether a formula is one call of ours and nothing else: its cell then shows the first value of the answer. */
export function isOneCall(formula: string): boolean {
  const [name, ...others] = formula.replace(/^\s*=\s*@?/, "").match(token) ?? [];
  if (name === undefined || !ourFunction.test(name) || others[0] !== "(") return false;
  let depth = 0;
  return others.every((text, at) => {
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

/** LET alternates names and values, LAMBDA begins with its parameters; what comes last has no comma behind it. */
function definesNames({ kind, argument }: Frame): boolean {
  return kind === "LAMBDA" || (kind === "LET" && argument % 2 === 0);
}

function nextArgument(frame: Frame): void {
  frame.argument += 1;
  frame.isArgumentBegun = false;
  // In its own value a name is still the one outside.
  if (frame.defining === undefined || (frame.kind === "LET" && frame.argument % 2 === 1)) return;
  frame.defined.add(frame.defining.toLowerCase());
  frame.defining = undefined;
}

/** Those whose formula has the namespace in it, or one of these: some too many, for a look before the reading. */
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

function withoutQuotes(before: string | undefined): string | undefined {
  return before?.startsWith("'") ? before.slice(1, -1).replaceAll("''", "'") : before;
}

const keyOf = (name: string, sheet = ""): string => `${sheet}!${name}`.toLowerCase();
