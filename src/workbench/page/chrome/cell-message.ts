/**
 * Under the grid: what is wrong in the selected cell, for those who do not hover.
 * @module
 */
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import type { Answers } from "../functions/answers.ts";

/** @returns to be called whenever the selection or a value has changed */
export function createCellMessage(
  element: HTMLElement,
  model: SpreadsheetModel,
  answers: Answers,
): () => void {
  let current = "";
  return () => {
    const { sheetId, row, column } = model.selection();
    const shown = model.read({ sheetId, row, column, rows: 1, columns: 1 })[0]?.[0]?.value;
    const text = answers.errorTextAt({ sheetId, row, column }, shown);
    const next = text === undefined ? "" : `${String(shown)} ${text}`;
    // A status that is written again is read out again.
    if (next === current) return;
    current = next;
    element.replaceChildren();
    if (text === undefined) return;
    const sign = document.createElement("strong");
    sign.textContent = String(shown);
    element.append(sign, ` ${text}`);
  };
}
