/**
 * Explains errors that no function has returned: why a formula shows #NAME? or #SPILL!.
 * @module
 */
import { didYouMean } from "../../../kalibrate/nearest.ts";

export const spillHint =
  "The table has no room: cells that it needs are filled, or the sheet ends. Clear them, or write the formula elsewhere.";

/** What a formula may call. */
export interface KnownFunctions {
  /** The add-in's functions as people write them: KAL.QUERY */
  readonly addin: readonly string[];
  /** The grid's own functions, and the names that the workbook defines. */
  readonly grid: readonly string[];
}

/** Functions of Excel that the grid lacks, with what to use instead; empty if there is nothing. */
const onlyInExcel: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "KAL.SUMMARY groups Kalibrate data; for cells of the sheet use UNIQUE with SUMIFS.": "GROUPBY PIVOTBY",
    "divide two sums.": "PERCENTOF",
    "use FILTER.": "TRIMRANGE",
    "use ISNUMBER with SEARCH.": "REGEXTEST",
    "use CEILING.MATH.": "ISO.CEILING",
    "use FORECAST.LINEAR.": "FORECAST.ETS FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT",
    "use SUMIFS.": "GETPIVOTDATA CUBEVALUE",
    "": "CALL COPILOT CUBEKPIMEMBER CUBEMEMBER CUBEMEMBERPROPERTY CUBERANKEDMEMBER CUBESET CUBESETCOUNT DETECTLANGUAGE EUROCONVERT FIELDVALUE FILTERXML IMPORTCSV IMPORTTEXT INFO ISOMITTED PHONETIC PY REGISTER.ID RTD STOCKHISTORY TRANSLATE WEBSERVICE AMORDEGRC",
  }).flatMap(([advice, functions]) => functions.split(" ").map((name) => [name, advice] as const)),
);

/** What Excel would refuse when it is typed, but the grid takes; found in a formula without its texts. */
const syntaxProblems: readonly (readonly [RegExp, string])[] = [
  [/[“”„]/, 'Use straight quotation marks: "site".'],
  [/"/, "A text has no quotation mark at its end."],
  [/;/, "Separate arguments with commas, not semicolons."],
  [/^==/, "Write one equals sign."],
  [/[-+*/^&=<>:,(]\s*$/, "The formula is incomplete: something is missing at its end."],
];

/** @param shown the error in the cell */
export function explainError(shown: string, formula: string, known: KnownFunctions): string | undefined {
  if (shown === "#SPILL!") return spillHint;
  if (shown !== "#NAME?" && shown !== "#VALUE!") return undefined;
  // Without texts in quotes, names of sheets, and arrays, where semicolons separate rows.
  const code = formula.replaceAll(/"[^"]*"|'[^']*'!|\{[^}]*\}/g, "x");
  const [, problem] = syntaxProblems.find(([sign]) => sign.test(code)) ?? [];
  const open = code.split("(").length - code.split(")").length;
  if (problem !== undefined) return problem;
  if (open !== 0) return `A parenthesis is ${open > 0 ? "missing" : "too many"}.`;
  return shown === "#NAME?" ? explainUnknownName(formula, known) : undefined;
}

function explainUnknownName(formula: string, { addin: names, grid }: KnownFunctions): string | undefined {
  const namespaces = new Set(names.map((name) => name.slice(0, name.indexOf(".") + 1)));
  // Removes texts in quotes.
  const code = formula.replaceAll(/"[^"]*"/g, "");
  const called = code.toUpperCase().match(/[A-Z_][\w.]*(?=\()/g) ?? [];
  const unknown = called.find(
    (word) => namespaces.has(word.slice(0, word.indexOf(".") + 1)) && !names.includes(word),
  );
  if (unknown !== undefined) {
    return `There is no function ${unknown}.${didYouMean(unknown, names)} There are ${names.join(", ")}.`;
  }
  const unprefixed = called.flatMap((word) => names.find((name) => name.endsWith(`.${word}`)) ?? []);
  if (unprefixed[0] !== undefined) return `Write ${unprefixed[0]}: the name begins with the add-in’s.`;
  const missing = called.find(
    (word) => !names.includes(word) && !grid.includes(word) && !isDefined(word, code),
  );
  if (missing !== undefined) return explainMissing(missing, [...names, ...grid]);
  // An argument that is a bare word and not a cell, as in KAL.QUERY(site).
  const bare = /[(,]\s*([A-Za-z_]{4,})\s*(?=[,)]|$)/.exec(code)?.[1];
  if (bare === undefined || /^(true|false)$/i.test(bare) || !called.some((word) => names.includes(word))) {
    return undefined;
  }
  return `Is “${bare}” a text? Texts stand in quotation marks: "${bare}".`;
}

/** Whether LET or LAMBDA defines the name: there it has no parentheses. */
function isDefined(word: string, code: string): boolean {
  return new RegExp(`[(,]\\s*${word.replaceAll(".", "\\.")}\\s*,`, "i").test(code);
}

function explainMissing(name: string, known: readonly string[]): string {
  const advice = onlyInExcel.get(name);
  if (advice === undefined) return `The workbench has no function ${name}.${didYouMean(name, known)}`;
  return `The workbench does not have Excel’s ${name}.${advice && ` Here ${advice}`}`;
}
