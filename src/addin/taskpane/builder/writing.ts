/**
 * From what was built to the workbook: a new formula, or the changed one back into its cell.
 * @module
 */
import { maxFormulaChars } from "../../../excel/limits.ts";
import { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import { functions } from "../../addin.ts";
import { formattedBefore } from "../../runtime/workbook/formatted-before.ts";
import { announce } from "../common/announce.ts";
import { insertFormula } from "../connection/insert-formula.ts";
import { copyText } from "../common/copy-text.ts";
import { focusSoon } from "../common/focus.ts";
import { reasonOf } from "../common/reason-of.ts";
import { texts } from "../texts/builder.ts";
import { type Builder, collectionId } from "./builder.ts";
import { type CellFormula, readSelectedFormula } from "./cell/selected-formula.ts";
import { updateFormula } from "./cell/update-formula.ts";
import { filterPropertyId } from "./choices.ts";
import { callOf } from "./draft.ts";
import { type QueryCall, readQueryCalls, writeFormula } from "./formula/query-call.ts";
import { readFilter } from "./query/filter.ts";

export const queryTextId = "query-text";
export const limitId = "limit";

/** The formula as it stands now, whether it may be written or not. */
export function formulaOf({ draft, editing }: Builder): string {
  return writeFormula(callOf(draft), editing?.original);
}

/** The formula that may be written; otherwise says what is missing, and goes there. */
export function finishedFormula(builder: Builder): string | undefined {
  const { draft } = builder;
  const refuse = (text: string, id?: string) => {
    builder.outcome = { text };
    if (id !== undefined) focusSoon(id);
    return undefined;
  };
  if (draft.collection === "" && draft.expressions.collection === undefined) {
    return refuse(texts.write.noCollection, collectionId);
  }
  if (draft.expressions.query === undefined) {
    if (draft.queryProblem) return refuse(texts.write.queryWrong, queryTextId);
    const wrong = draft.filters.find((filter) => readFilter(filter) instanceof KalError);
    if (wrong) return refuse(texts.write.filterWrong, filterPropertyId(wrong));
  }
  if (builder.limitProblem) return refuse(texts.write.limitWrong, limitId);
  const formula = formulaOf(builder);
  return formula.length > maxFormulaChars ? refuse(texts.write.tooLong(formula.length)) : formula;
}

export async function copyFormula(builder: Builder): Promise<void> {
  const formula = finishedFormula(builder);
  if (formula === undefined) return;
  builder.outcome = { text: (await copyText(formula)) ? texts.write.copied : texts.write.notCopied };
}

/** Puts a new formula into the selected cell, which from then on is edited. */
export async function insert(builder: Builder): Promise<void> {
  const call = callOf(builder.draft);
  await write(
    builder,
    texts.write.inserting,
    async (formula) => {
      const { address, result } = await insertFormula(formula);
      if (result !== "inserted") return { text: texts.write[result](address) };
      await editWritten(builder, address);
      return { text: texts.write.inserted(address), written: { address, call } };
    },
    writeFormula(call),
  );
}

/** Writes the formula back into the cell that it was read from. */
export async function update(builder: Builder): Promise<void> {
  const { editing } = builder;
  if (!editing) return;
  const { address } = editing.cell;
  const call = callOf(builder.draft);
  await write(
    builder,
    texts.write.updating,
    async (formula) => {
      const result = await updateFormula(editing.cell, formula);
      if (result !== "updated") return { text: texts.write[result](address) };
      edit(builder, { ...editing.cell, formula }, editing.original.span.start);
      await editWritten(builder, address);
      return { text: texts.write.updated(address), written: { address, call } };
    },
    formulaOf(builder),
  );
}

/** A formula that is in the workbook now. */
interface Written {
  readonly address: string;
  readonly call: QueryCall;
}

async function write(
  builder: Builder,
  waiting: string,
  work: (formula: string) => Promise<{ readonly text: string; readonly written?: Written }>,
  wanted: string,
): Promise<void> {
  if (builder.isWriting || finishedFormula(builder) === undefined) return;
  builder.isWriting = true;
  builder.outcome = { text: waiting };
  try {
    const { text, written } = await work(wanted);
    builder.outcome = { text };
    if (written) void tellResult(builder, text, written);
  } catch (error) {
    builder.outcome = { text: texts.write.refused(reasonOf(error)) };
  } finally {
    builder.isWriting = false;
  }
}

/** Excel may write a formula a little differently than it was given, so it is read again. */
async function editWritten(builder: Builder, address: string): Promise<void> {
  const cell = await readSelectedFormula().catch(() => undefined);
  if (cell?.address !== address) return;
  builder.selected = cell;
  edit(builder, cell, builder.editing?.original.span.start ?? 0);
}

/** Edits the call that begins at a place of a cell's formula, or the first behind it. */
function edit(builder: Builder, cell: CellFormula, start: number): void {
  const calls = readQueryCalls(cell.formula);
  const original = calls.find(({ span }) => span.start >= start) ?? calls[0];
  if (original) builder.editing = { cell, original };
}

/** The cell's own answer, told where people look: it shares the cell's request. */
async function tellResult(builder: Builder, text: string, { address, call }: Written): Promise<void> {
  const given = Object.entries(call).map(([name, argument]: [string, QueryCall[keyof QueryCall]]) =>
    "value" in argument ? [name, argument.value] : undefined,
  );
  // What Excel calculates only Excel can ask for.
  if (given.some((one) => one === undefined)) return;
  const { fields, ...others } = Object.fromEntries(given as [string, unknown][]);
  const { outcome } = builder;
  try {
    const { cells } = await functions.query.pull(
      { ...others, fields: (fields as string[]).join(",") } as Parameters<typeof functions.query.pull>[0],
      { onCanceled: () => undefined },
    );
    const rows = cells.length - (others["headers"] === 0 ? 0 : 1);
    if (builder.outcome !== outcome) return;
    const told = { text: `${text} ${texts.write.rows(rows)}` };
    builder.outcome = told;
    const hidden = await formattedBefore(address, cells).catch(() => []);
    if (hidden.length > 0 && builder.outcome === told)
      builder.outcome = { text: `${told.text} ${texts.write.formattedBefore(hidden)}` };
  } catch (error) {
    if (builder.outcome !== outcome) return;
    const known = asKalError(error);
    builder.outcome = { text: texts.write.failed(text), error: known };
    announce(known.message);
  }
}
