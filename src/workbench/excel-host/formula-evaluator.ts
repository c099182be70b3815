/**
 * Evaluates formulas for the in-memory spreadsheet: the add-in's functions with values, cells, names and LAMBDAs, and
 * some of Excel's own functions around them.
 * @module
 */
import { fullAddress } from "../../excel/address.ts";
import type { Argument, ScalarArgument } from "./arguments.ts";
import { type Cell, type CellResult, isCellError } from "./cells.ts";
import type { FunctionCall, Invocation } from "./invocations.ts";
import type { Evaluation, MemorySpreadsheet } from "./memory-spreadsheet.ts";
import { findArea, findSheet, isSameName } from "./objects/find-area.ts";
import { type FormulaNode, parseFormulaText, UnknownInFormula } from "./formula-text.ts";

/** The calls that an evaluation can make; an `ExcelHost` provides them. */
export interface Caller {
  readonly invoke: (call: FunctionCall) => Invocation;
  readonly cancel: (id: number) => void;
}

/** An evaluation with its calls. */
export interface FormulaEvaluation extends Evaluation {
  readonly abandon: () => void;
}

/** Empty cells of a range are null. */
type Values = readonly (readonly (Cell | null)[])[];

type MaybeNode = FormulaNode | null | undefined;

interface Lambda {
  readonly parameters: readonly string[];
  readonly body: MaybeNode;
  readonly scope: Scope;
}

type Result = Values | Lambda;
type Scope = ReadonlyMap<string, Result>;

const isLambda = (result: Result): result is Lambda => "body" in result;
const valueError: CellResult = [[{ error: "#VALUE!" }]];
const firstOf = (result: Result): Cell | null => (isLambda(result) ? valueError : result)[0]?.[0] ?? null;

/** One of the add-in's functions, with or without Excel's own prefix. */
const addinFunction = /^(?:_XLDUDF_)?KAL[._](\w+)$/;

/** @param unknown the result of a formula with unsupported parts; default: #NAME? */
export function createFormulaEvaluator(
  spreadsheet: MemorySpreadsheet,
  caller: Caller,
  unknown: (formula: string) => CellResult = () => [[{ error: "#NAME?" }]],
) {
  /** @param address of the formula's cell, including its sheet */
  return function evaluate(formula: string, address: string, sheetName: string): FormulaEvaluation {
    const calls: Invocation[] = [];
    let isAbandoned = false;
    const sheetId = findSheet(spreadsheet, sheetName)?.id ?? sheetName;

    /** An argument that is left out is an empty cell. */
    async function run(node: MaybeNode, scope: Scope, sheet: string): Promise<Result> {
      if (!node) return [[null]];
      switch (node.kind) {
        case "value":
          return [[{ value: node.value }]];
        case "array":
          return node.rows.map((row) => row.map((value) => ({ value })));
        case "join": {
          const parts = await Promise.all(node.parts.map((part) => run(part, scope, sheet)));
          const cells = parts.map(firstOf);
          return [[cells.find((cell) => isCellError(cell)) ?? { value: cells.map(textOf).join("") }]];
        }
        case "name":
          return readName(node, scope, sheet);
        case "call":
          return callFunction(node, scope, sheet);
      }
    }

    /** Resolves a parameter of LET or LAMBDA, a name of the sheet or workbook, or cells. */
    async function readName(
      { name, before }: { readonly name: string; readonly before?: string | undefined },
      scope: Scope,
      sheet: string,
    ): Promise<Result> {
      const local = before === undefined ? scope.get(name.toLowerCase()) : undefined;
      if (local) return local;
      const place = before === undefined ? sheet : (findSheet(spreadsheet, before)?.id ?? sheet);
      const named = spreadsheet.names().filter((each) => isSameName(each.name, name));
      const found =
        named.find((each) => each.sheetId === place) ?? named.find((each) => each.sheetId === undefined);
      if (found) return run(parseFormulaText(found.formula), new Map(), place);
      try {
        return await spreadsheet.valuesIn(findArea(spreadsheet, name.replaceAll("$", ""), place));
      } catch {
        throw new UnknownInFormula(name);
      }
    }

    /** The address of a cell reference; null for a name. */
    function addressOf(
      { name, before }: { readonly name: string; readonly before?: string | undefined },
      sheet: string,
    ): string | null {
      const place = before === undefined ? sheet : (findSheet(spreadsheet, before)?.id ?? sheet);
      try {
        const area = findArea(spreadsheet, name.replaceAll("$", ""), place);
        const sheetOfArea = spreadsheet.sheets().find(({ id }) => id === area.sheetId);
        return sheetOfArea ? fullAddress(sheetOfArea.name, area) : null;
      } catch {
        return null;
      }
    }

    async function callFunction(
      node: Extract<FormulaNode, { kind: "call" }>,
      scope: Scope,
      sheet: string,
    ): Promise<Result> {
      const { callee, args } = node;
      const name = callee.kind === "name" ? callee.name.toUpperCase() : "";
      if (name === "LAMBDA") {
        const parameters = args.slice(0, -1).map((each) => (each?.kind === "name" ? each.name : ""));
        return { parameters, body: args.at(-1), scope };
      }
      if (name === "LET") return runLet(args, scope, sheet);
      if (name === "IFERROR") {
        const result = await run(args[0], scope, sheet);
        const cell = firstOf(result);
        return cell !== null && isCellError(cell) ? run(args[1], scope, sheet) : result;
      }
      const functionId = addinFunction.exec(name)?.[1];
      if (functionId !== undefined) return callAddin(functionId, args, scope, sheet);
      const given = await Promise.all(args.map(async (each) => each && (await run(each, scope, sheet))));
      if (name === "ROWS" && given[0] && !isLambda(given[0])) return [[{ value: given[0].length }]];
      const lambda = await run(callee, scope, sheet);
      if (!isLambda(lambda)) return valueError;
      const inner = new Map(lambda.scope);
      lambda.parameters.forEach((parameter, at) => inner.set(parameter.toLowerCase(), given[at] ?? [[null]]));
      return run(lambda.body, inner, sheet);
    }

    async function runLet(
      args: readonly (FormulaNode | null)[],
      scope: Scope,
      sheet: string,
    ): Promise<Result> {
      const inner = new Map(scope);
      for (let at = 0; at + 1 < args.length; at += 2) {
        const defined = args[at];
        if (defined?.kind === "name")
          inner.set(defined.name.toLowerCase(), await run(args[at + 1], inner, sheet));
      }
      return run(args.at(-1), inner, sheet);
    }

    async function callAddin(
      functionId: string,
      nodes: readonly (FormulaNode | null)[],
      scope: Scope,
      sheet: string,
    ): Promise<Result> {
      const args = await Promise.all(
        nodes.map(async (each) => (each ? toArgument(await run(each, scope, sheet)) : null)),
      );
      if (isAbandoned) throw new Error("The cell has another content.");
      const argumentAddresses = nodes.map((node) => (node?.kind === "name" ? addressOf(node, sheet) : null));
      const invocation = caller.invoke({ functionId, args, address, argumentAddresses });
      calls.push(invocation);
      return invocation.result;
    }

    async function start(): Promise<CellResult> {
      try {
        const result = await run(parseFormulaText(formula), new Map(), sheetId);
        if (isLambda(result)) return valueError;
        return result.map((row) => row.map((cell) => cell ?? { value: 0 }));
      } catch (error) {
        if (error instanceof UnknownInFormula) return unknown(formula);
        throw error;
      }
    }

    const result = start();
    // Prevents an unhandled rejection of an abandoned evaluation.
    result.catch(() => undefined);
    return {
      result,
      abandon() {
        isAbandoned = true;
        for (const { id } of calls) caller.cancel(id);
      },
    };
  };
}

/** A number formatted by its function is a data type. */
function toArgument(result: Result): Argument {
  if (isLambda(result)) return [[{ error: "#VALUE!" }]];
  return result.map((row) => row.map(toScalar));
}

function toScalar(cell: Cell | null): ScalarArgument {
  if (cell === null || isCellError(cell)) return cell;
  const { value, numberFormat } = cell;
  return numberFormat === undefined ? value : { type: "Double", basicValue: value, numberFormat };
}

function textOf(cell: Cell | null): string {
  return cell === null || isCellError(cell) ? "" : String(cell.value);
}
