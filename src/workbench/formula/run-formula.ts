/**
 * The formula command: runs sample data, service, add-in and office.js for one formula.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { connectionsKey, connectToSample } from "../sample-connection.ts";
import type { CellResult } from "../excel-host/cells.ts";
import { evaluateFormula } from "./evaluate-formula.ts";
import { printCells } from "./print-cells.ts";

/** A part of the service, as built in dist/service. */
interface Running {
  close(): Promise<void>;
}

export interface FormulaCommand {
  /** The formula: one argument, or several if the shell removed its quotes. */
  readonly argv: readonly string[];
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
  readonly startSimulator: (options: { port: number }) => Promise<Running & { environment: unknown }>;
  readonly startGateway: (options: {
    environment: Record<string, string>;
    sampleEnvironment: unknown;
    addinFolder: string;
  }) => Promise<Running & { url: string }>;
  /** The `dist` folder of @microsoft/office-js. */
  readonly officeJsFolder: string;
  /** The folder with the built functions.js and functions.json. */
  readonly addinFolder: string;
}

/**
 * Evaluates the formula and prints its cells.
 * @returns the exit code: 0 for cells, 1 for an error in the cell, 2 for a formula that Excel would not accept.
 */
export async function runFormula(command: FormulaCommand): Promise<number> {
  const formula = command.argv.join(" ").trim();
  if (formula === "") {
    command.stderr.write(
      `Which formula? For example:\n  npm run formula -- '=KAL.QUERY("price","(limit=5)")'\n`,
    );
    return 2;
  }
  try {
    const cells = await withSampleData(command, formula);
    command.stdout.write(`${printCells(cells, command.stdout.columns)}\n`);
    return cells.length === 1 && cells[0]?.some((cell) => "error" in cell) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof KalError)) throw error;
    command.stderr.write(`${error.message} ${error.hint}\n`);
    return 2;
  }
}

async function withSampleData(command: FormulaCommand, formula: string): Promise<CellResult> {
  const { addinFolder, officeJsFolder } = command;
  const simulator = await command.startSimulator({ port: 0 });
  try {
    const gateway = await command.startGateway({
      environment: { KAL_PORT: "0", KAL_LOG_LEVEL: "error" },
      sampleEnvironment: simulator.environment,
      addinFolder,
    });
    try {
      const { origin } = new URL(gateway.url);
      const localStorage = { [connectionsKey]: await connectToSample(origin) };
      return await evaluateFormula({ formula, addinFolder, officeJsFolder, origin, localStorage });
    } finally {
      await gateway.close();
    }
  } finally {
    await simulator.close();
  }
}
