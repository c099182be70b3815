/**
 * The first values of a lookup: those of the first cells with keys, as the filled cells will show them.
 * @module
 */
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { isEmptyCell } from "../../../../kalibrate/comparable-text.ts";
import { KalError } from "../../../../kalibrate/errors.ts";
import type { AsOfRequest, LookupResult } from "../../../../kalibrate/gateway-api.ts";
import type { Column, TableValue } from "../../../../kalibrate/table.ts";
import { type Matrix, shapeOf } from "../../../functions/lookup-shape.ts";
import { readMoments } from "../../../functions/moments.ts";
import { incomplete } from "../../../runtime/session/gateway-answers.ts";
import { readValues } from "../../cells/read-cells.ts";
import { texts } from "../../texts/beside.ts";
import { type Asking, askLookup } from "../ask.ts";
import type { Draft } from "../draft.ts";
import { type Question, sliceOf } from "../preview/question.ts";
import { chosenIn, isCalculated, isGiven, type Source } from "./source.ts";

/** How much of the cells is looked up. */
const shown = { rows: 8, columns: 6 };

/** The cells of a source, or the values chosen here, side by side. */
const matrixOf = async (source: Source): Promise<Matrix> =>
  source.cells ? readValues(source.cells, shown) : [chosenIn(source)];

/** The moment, as its cells or the pane have it. */
async function momentsOf({ when, moment }: Draft): Promise<Matrix[]> {
  if (when === "none") return [];
  const given = when === "cells" ? await matrixOf(moment) : [[when === "now" ? "now" : moment.value]];
  return [readMoments(given, new Date())];
}

/** Whether a lookup lacks nothing that the preview needs. */
function isReady({ keys, fields, when, moment }: Draft): boolean {
  const sources = when === "cells" ? [...keys, moment] : keys;
  const isNamed = keys.every(({ property }) => property !== "");
  return (
    fields.length > 0 &&
    keys.length > 0 &&
    isNamed &&
    sources.every((source) => isGiven(source) && !isCalculated(source))
  );
}

export function besideQuestion(draft: Draft): Question | undefined {
  if (!isReady(draft)) return undefined;
  const { keys, when, fields } = draft;
  const slice = sliceOf(draft);
  return {
    subject: `beside ${slice.collection}`,
    count: () => Promise.resolve(undefined),
    async ask(asking: Asking) {
      const matrices = [...(await Promise.all(keys.map(matrixOf))), ...(await momentsOf(draft))];
      const { rows, columns, valuesAt } = shapeOf(matrices);
      const places = Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_cell, column) => valuesAt(row, column)),
      ).flat();
      const wrong = places.flat().find((value) => value instanceof KalError);
      if (wrong) throw wrong;
      const answer = await askLookup(asking, when === "none" ? "lookup" : "as-of", {
        ...slice,
        keys: keys.map(({ property }) => property),
        requests: fields.map((field) => ({
          field,
          values: places.map((values) => values.slice(0, keys.length)),
          ...(when !== "none" && { moments: places.map((values) => values[keys.length] ?? "") }),
        })) as AsOfRequest["requests"],
      });
      const isGrid = columns > 1;
      const width = isGrid ? columns : fields.length;
      const valueColumns = Array.from({ length: width }, (_, at): Column => {
        const known = answer.columns[isGrid ? 0 : at];
        if (!known) throw incomplete();
        return isGrid ? { ...known, label: headingAt(matrices, at) } : known;
      });
      const beside = matrices.flatMap((matrix, at) =>
        at < keys.length && (matrix[0]?.length ?? 0) <= 1 && (matrix.length > 1 || rows === 1) ? [at] : [],
      );
      const resultAt = (row: number, column: number) =>
        answer.results[isGrid ? 0 : column]?.[isGrid ? row * columns + column : row];
      const results = Array.from({ length: rows }, (_, row) =>
        Array.from({ length: width }, (_cell, column) => resultAt(row, column)),
      );
      return {
        columns: [...beside.map((at) => named(labelOf(keys[at]?.property ?? ""))), ...valueColumns],
        rows: results.map((line, row) => [
          ...beside.map((at) => asValue(valuesAt(row, 0)[at])),
          ...line.map((result, column) => shownResult(result, valuesAt(row, isGrid ? column : 0))),
        ]),
        asOf: answer.asOf,
        rowCount: rows,
        note: noteOf(results.flat()),
      };
    },
  };
}

const named = (name: string): Column => ({ name, label: name, type: "text" });

function headingAt(matrices: readonly Matrix[], column: number): string {
  const across = matrices.find((matrix) => (matrix[0]?.length ?? 0) > 1);
  return String(asValue(across?.[0]?.[column]) ?? "");
}

const asValue = (value: unknown): string | number | boolean | null =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

function shownResult(result: LookupResult | undefined, keys: readonly unknown[]): TableValue {
  if (!result) throw incomplete();
  if ("value" in result) return result.value;
  if (keys.some(isEmptyCell)) return null;
  if ("missing" in result) return { error: "KAL_NO_MATCH" };
  return { error: "matches" in result ? "KAL_AMBIGUOUS" : result.error.code };
}

/** What a person should know about these values before there are more. */
function noteOf(results: readonly (LookupResult | undefined)[]): string | undefined {
  const most = Math.max(0, ...results.map((result) => (result && "matches" in result ? result.matches : 0)));
  if (most > 0) return texts.ambiguous(most);
  const missing = results.filter((result) => result && "missing" in result).length;
  return missing > 0 ? texts.missing(missing, results.length) : undefined;
}
