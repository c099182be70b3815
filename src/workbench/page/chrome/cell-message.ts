/**
 * A line below the grid with the error of the selected cell, for people who do not hover.
 * @module
 */
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import type { Answers } from "../functions/answers.ts";

/** @returns a function to call whenever the selection or a value has changed */
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
    // Screen readers announce a status again when it is written again.
    if (next === current) return;
    current = next;
    element.replaceChildren();
    if (text === undefined) return;
    const sign = document.createElement("strong");
    sign.textContent = String(shown);
    element.append(sign, ` ${text}`);
  };
}
