/**
 * Evaluates a single formula with the built add-in and the real office.js, without a browser.
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KalError } from "../../kalibrate/errors.ts";
import { didYouMean } from "../../kalibrate/nearest.ts";
import type { CellResult } from "../excel-host/cells.ts";
import type { FunctionsMetadata } from "../excel-host/functions-metadata.ts";
import { createExcelHost } from "../excel-host/host.ts";
import type { AddinPage } from "../excel-host/node/addin-page.ts";
import { openAddinPage } from "../excel-host/node/addin-page.ts";
import { createMemoryStorage } from "../excel-host/node/memory-storage.ts";
import { parseFormula } from "./parse-formula.ts";

export interface FormulaEvaluation {
  /** `=KAL.QUERY("site")` */
  readonly formula: string;
  /** The folder with the built functions.js and functions.json. */
  readonly addinFolder: string;
  /** The `dist` folder of @microsoft/office-js. */
  readonly officeJsFolder: string;
  /** Origin of the running service: `http://localhost:3000`. */
  readonly origin: string;
  /** Initial localStorage of the page: the ticket. */
  readonly localStorage: Readonly<Record<string, string>>;
}

const namespace = "KAL.";
/** office.js drops a result that it cannot deliver within 60 s; the service's own deadline is shorter. */
const maxWaitMs = 120_000;

/**
 * The cells of the result; an error is a cell like any other.
 * @throws KalError `KAL_ARGUMENT_INVALID` if Excel would not accept the formula, `KAL_TIMEOUT` if no answer comes;
 * Error if the add-in's page itself fails
 */
export async function evaluateFormula(evaluation: FormulaEvaluation): Promise<CellResult> {
  const { functionName, args } = parseFormula(evaluation.formula);
  const metadata = readMetadata(evaluation.addinFolder);
  const functionId = idOf(functionName, metadata);
  const host = createExcelHost({ functions: metadata });
  // Called before the page is opened, so that an invalid formula fails fast; the call waits for the page.
  const { result } = host.invoke({ functionId, args });
  let page: AddinPage | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      result.then(resolve, reject);
      timer = setTimeout(() => reject(new KalError("KAL_TIMEOUT")), maxWaitMs);
      page = openAddinPage({
        host,
        officeJsFolder: evaluation.officeJsFolder,
        scripts: [join(evaluation.addinFolder, "functions.js")],
        origin: evaluation.origin,
        localStorage: createMemoryStorage(evaluation.localStorage),
        onError: (cause) => reject(new Error(`The add-in's page failed: ${String(cause)}`, { cause })),
      });
    });
  } finally {
    clearTimeout(timer);
    page?.close();
  }
}

function readMetadata(folder: string): FunctionsMetadata {
  return JSON.parse(readFileSync(join(folder, "functions.json"), "utf8")) as FunctionsMetadata;
}

function idOf(functionName: string, metadata: FunctionsMetadata): string {
  const named = metadata.functions.find(({ name }) => namespace + name.toUpperCase() === functionName);
  if (named) return named.id;
  const names = metadata.functions.map(({ name }) => namespace + name.toUpperCase());
  throw new KalError("KAL_ARGUMENT_INVALID", {
    message: `There is no function ${functionName}.${didYouMean(functionName, names)}`,
    hint: `There are: ${names.join(", ")}.`,
  });
}
