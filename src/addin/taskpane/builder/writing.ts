/**
 * Writes the result into the workbook: a new formula, or a changed one back into its cell.
 * @module
 */
import { maxFormulaChars } from "../../../excel/limits.ts";
import { KalError } from "../../../kalibrate/errors.ts";
import { formattedBefore } from "../../runtime/workbook/formatted-before.ts";
import { type Answer, answerOf, sizeOf, type TableFunctionName } from "../cells/answer.ts";
import { dressWritten } from "../cells/dress.ts";
import type { CellFormula } from "../cells/selection.ts";
import { insertAndTell, takeBackAndTell } from "../cells/insert.ts";
import { updateFormula, type Written } from "../cells/write-formula.ts";
import { announce } from "../common/announce.ts";
import { copyText } from "../common/copy-text.ts";
import { focusSoon } from "../common/focus.ts";
import { reasonOf } from "../common/reason-of.ts";
import { texts } from "../texts/builder.ts";
import { texts as partsTexts } from "../texts/builder-parts.ts";
import { writingTexts as words } from "../texts/writing.ts";
import { texts as besideTexts } from "../texts/beside.ts";
import { fill, updateAll } from "./beside/fill.ts";
import { isPlace, placeAt } from "./beside/place.ts";
import { type Builder, collectionId, type Outcome } from "./builder.ts";
import { filterPropertyId } from "./choices.ts";
import { callOf, type Draft } from "./draft.ts";
import { type Call, readCalls, writeFormula } from "./formula/kal-call.ts";
import { endWhenGone } from "./end-when-gone.ts";
import { missingIn } from "./missing.ts";
import { marketGiven } from "./market/question.ts";
import { noteRecent } from "./queries/stored-queries.ts";
import { readFilter } from "./query/filter.ts";
import { isEditedSelected, selectedElsewhere } from "./selected-target.ts";

export const queryTextId = "query-text";
export const limitId = "limit";

/** The current formula, complete or not; of a lookup that goes into many cells, the first one. */
export function formulaOf(builder: Builder): string {
  const { draft, editing, place } = builder;
  if (isPlace(place) && !(editing && isEditedSelected(builder)))
    return writeFormula(callOf(draft, place, true));
  return writeFormula(callOf(draft, editing?.block && placeAt(editing.block)), editing?.original);
}

/** The formula if it is complete; otherwise shows what is missing and moves the focus there. */
export function finishedFormula(builder: Builder): string | undefined {
  const { draft } = builder;
  const refuse = (text: string, id?: string) => {
    builder.outcome = { text };
    if (id !== undefined) focusSoon(id);
    return undefined;
  };
  if (draft.collection === "" && draft.expressions.collection === undefined) {
    return refuse(partsTexts.write.noCollection, collectionId);
  }
  if (draft.expressions.query === undefined) {
    if (draft.queryProblem) return refuse(partsTexts.write.queryWrong, queryTextId);
    const wrong = draft.filters.find((filter) => readFilter(filter) instanceof KalError);
    if (wrong) return refuse(partsTexts.write.filterWrong, filterPropertyId(wrong));
  }
  const missing = missingIn(draft);
  if (missing) return refuse(missing.text, missing.id);
  if (builder.limitProblem) return refuse(partsTexts.write.limitWrong, limitId);
  const formula = formulaOf(builder);
  return formula.length > maxFormulaChars ? refuse(partsTexts.write.tooLong(formula.length)) : formula;
}

export async function copyFormula(builder: Builder): Promise<void> {
  const formula = finishedFormula(builder);
  if (formula === undefined) return;
  builder.outcome = {
    text: (await copyText(formula)) ? partsTexts.write.copied : partsTexts.write.notCopied,
  };
}

/** Inserts a new formula where the button says; from then on it is being edited. */
export async function insert(builder: Builder): Promise<void> {
  if (isPlace(builder.place)) {
    if (finishedFormula(builder) !== undefined) await fill(builder);
    return;
  }
  if (builder.place !== undefined) {
    builder.outcome = { text: besideTexts.problems[builder.place] };
    return;
  }
  const call = callOf(builder.draft);
  await write(builder, words.inserting, call, async (answer) => {
    builder.size = sizeOf(answer);
    const { text, written, selection } = await insertAndTell(writeFormula(call), {
      size: builder.size,
      expected: builder.selection,
      sheetName: sheetNameOf(builder),
    });
    if (!written) {
      builder.selection = selection;
      return { text };
    }
    editWritten(builder, written, 0);
    return { text, written };
  });
}

/** Writes the formula back into its cell. */
export async function update(builder: Builder): Promise<void> {
  const { editing } = builder;
  if (!editing) return;
  const { address } = editing.cell;
  if (editing.block && builder.draft.goal === "beside") {
    if (finishedFormula(builder) === undefined) return;
    const elsewhere = await selectedElsewhere(builder);
    if (elsewhere) builder.outcome = elsewhere;
    else await updateAll(builder);
    return;
  }
  await write(builder, partsTexts.write.updating, callOf(builder.draft), async (answer) => {
    const elsewhere = await selectedElsewhere(builder);
    if (elsewhere) return elsewhere;
    const isWhole =
      editing.original.span.end - editing.original.span.start === editing.cell.formula.length - 1;
    // Other functions around the call may change the size of the result.
    const size = isWhole && answer && !answer.error ? sizeOf(answer) : undefined;
    const updated = await updateFormula(editing.cell, formulaOf(builder), size);
    if (updated.result === "blocked") return { text: partsTexts.write.blocked(updated.reason) };
    if (updated.result !== "updated") return { text: partsTexts.write[updated.result](address) };
    editWritten(builder, updated.written, editing.original.span.start);
    return { text: partsTexts.write.updated(address), written: updated.written };
  });
}

/** Result of a write. */
interface Told {
  readonly text: string;
  readonly written?: Written;
}

/** Requests the answer, writes with it, and reports both results. */
async function write(
  builder: Builder,
  waiting: string,
  call: Call,
  work: (answer: Answer | undefined) => Promise<Told>,
): Promise<void> {
  if (builder.isWriting || finishedFormula(builder) === undefined) return;
  builder.isWriting = true;
  builder.outcome = { text: waiting };
  try {
    const given = await argumentsOf(builder, call);
    const answer = given && (await answerOf(given.name, given.args));
    if (answer?.error?.code === "KAL_TOO_LARGE") {
      builder.isTooLarge = true;
      builder.outcome = { text: words.tooLarge, error: answer.error };
      return;
    }
    await tell(builder, await work(answer), answer, call);
  } catch (error) {
    builder.outcome = { text: words.refused(reasonOf(error)) };
  } finally {
    builder.isWriting = false;
  }
}

async function tell(
  builder: Builder,
  { text, written }: Told,
  answer: Answer | undefined,
  { args: { headers } }: Call,
): Promise<void> {
  if (!written) {
    builder.outcome = { text };
    return;
  }
  const takenBack = () => takeBackWritten(builder, written);
  if (answer?.error) {
    builder.outcome = { text: words.failed(text), error: answer.error, undo: takenBack };
    announce(answer.error.message);
    return;
  }
  const headings = headers && "value" in headers && headers.value === 0 ? 0 : 1;
  const counted = answer ? `${text} ${words.rows(answer.cells.length - headings)}` : text;
  const told: Outcome = { text: counted, undo: takenBack };
  builder.outcome = told;
  endWhenGone(builder);
  if (!answer) return;
  void dressWritten(written, answer, headings).catch(() => undefined);
  const hidden = await formattedBefore(written.address, answer.cells).catch(() => []);
  if (hidden.length > 0 && builder.outcome === told)
    builder.outcome = { ...told, text: `${counted} ${partsTexts.write.formattedBefore(hidden)}` };
}

async function takeBackWritten(builder: Builder, written: Written): Promise<void> {
  const { isDone, text } = await takeBackAndTell(written);
  builder.outcome = { text };
  if (!isDone) return;
  const { editing } = builder;
  if (written.before === undefined || written.before === "") builder.editing = undefined;
  else if (editing) {
    const cell = { ...editing.cell, formula: written.before };
    edit(builder, cell, editing.original.span.start);
  }
}

/** The written formula is the one being edited from now on. */
function editWritten(builder: Builder, { sheetId, address, formula }: Written, start: number): void {
  const cell = { sheetId, address, formula };
  builder.selected = cell;
  edit(builder, cell, start);
  noteWritten(builder);
  // Excel raises no event for the pane's own changes.
  builder.lookAtSelection();
}

/** Remembers what was written, unless it reads cells of this workbook. */
export function noteWritten({ draft }: Builder): void {
  if (!readsCells(draft)) noteRecent(writeFormula(callOf(draft)));
}

/** Whether the formula means something in this workbook only. */
export function readsCells({ expressions, keys, moment, site, product }: Draft): boolean {
  const sources = [...keys, moment, site, product];
  return (
    Object.keys(expressions).length > 0 ||
    sources.some(({ cells, expression }) => cells !== undefined || expression !== undefined)
  );
}

/** Edits the call at a position in a cell's formula, or the first one after it. */
function edit(builder: Builder, cell: CellFormula, start: number): void {
  const calls = readCalls(cell.formula);
  const original = calls.find(({ span }) => span.start >= start) ?? calls[0];
  builder.editedTable = undefined;
  if (original) builder.editing = { cell, original };
}

interface Given {
  readonly name: TableFunctionName;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The arguments of a call that shows a table, as Excel would pass them; undefined if only Excel can calculate some. */
async function argumentsOf({ draft }: Builder, { name, args }: Call): Promise<Given | undefined> {
  if (name === "LOOKUP" || name === "ASOF") return undefined;
  const given: Record<string, unknown> = name === "MARKET" ? await marketGiven(draft) : {};
  for (const [parameter, argument] of Object.entries(args)) {
    if (parameter in given) continue;
    if ("expression" in argument) return undefined;
    const { value } = argument;
    given[parameter] = Array.isArray(value) ? value.join(",") : value;
  }
  return { name, args: given };
}

/** A sheet's name must not contain these characters and has at most 31. */
export function sheetNameOf({ collections = [], draft }: Builder): string {
  if (draft.goal === "market") return besideTexts.market.sheet;
  const known = collections.find(({ name }) => name === draft.collection)?.label;
  const label = texts.slice.labels.get(draft.collection) ?? known ?? texts.heading;
  return label.replace(/[:\\/?*[\]']/g, " ").slice(0, 27);
}
