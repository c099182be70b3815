/**
 * A workbook as a file: JSON with everything needed to open it again.
 *
 * We do not write Excel's own format, because only Excel itself saves custom functions in it correctly.
 * @module
 */
import type { Area } from "../../excel-host/model.ts";
import type { KeptWorkbook } from "./kept-workbook.ts";

const format = "kal-workbench-workbook";
const version = 1;

export const fileEnding = ".kal-workbook.json";

type Json = Readonly<Record<string, unknown>>;

export function toFileText({
  name,
  content,
  selection,
  answers,
  settings,
  startsAddin,
}: KeptWorkbook): string {
  return JSON.stringify({ format, version, name, content, selection, answers, settings, startsAddin });
}

/**
 * @param fileName gives the workbook its name, as in Excel
 * @throws Error with a text for the person if the file is of another kind, damaged or newer
 */
export function fromFileText(text: string, fileName: string): Omit<KeptWorkbook, "id" | "changedAt"> {
  const file = parse(text, fileName);
  if (file["format"] !== format) throw new Error(`${fileName} is not a workbook of the workbench. ${advice}`);
  if (file["version"] !== version)
    throw new Error(`${fileName} was saved by a newer workbench. Open it with that version of KAL.`);
  const parts = readParts(file);
  if (!parts) throw damaged(fileName);
  const name = fileName.endsWith(fileEnding) ? fileName.slice(0, -fileEnding.length) : fileName;
  return { name, ...parts };
}

/** A workbook out of the browser's storage; undefined if it is not one, or damaged. */
export function readStoredWorkbook(stored: unknown): KeptWorkbook | undefined {
  if (!isObject(stored)) return undefined;
  const { id, name, changedAt } = stored;
  const parts = readParts(stored);
  if (typeof id !== "string" || typeof name !== "string" || typeof changedAt !== "number") return undefined;
  return parts && { id, name, changedAt, ...parts };
}

function readParts(file: Json): Omit<KeptWorkbook, "id" | "name" | "changedAt"> | undefined {
  const { content, answers, settings } = file;
  if (!isContent(content) || !isAnswers(answers) || !isSettings(settings)) return undefined;
  const startsAddin = file["startsAddin"] === true;
  return { content, answers, settings, startsAddin, ...selectionOf(file["selection"], content) };
}

const advice = `The workbench opens the files that it has saved itself (${fileEnding}), not those of Excel.`;

const damaged = (fileName: string) =>
  new Error(
    `${fileName} is damaged and cannot be opened. Save it again where it is still open, or take a copy.`,
  );

function parse(text: string, fileName: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The file starts like ours, so it was truncated or changed.
    if (text.startsWith(`{"format":"${format}"`)) throw damaged(fileName);
  }
  if (!isObject(value)) throw new Error(`${fileName} is not a workbook of the workbench. ${advice}`);
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checks what the grid assumes when it opens a workbook. */
function isContent(value: unknown): value is KeptWorkbook["content"] {
  if (!isObject(value) || !isObject(value["sheets"]) || !Array.isArray(value["sheetOrder"])) return false;
  const { sheets, sheetOrder } = value as { sheets: Json; sheetOrder: unknown[] };
  return (
    sheetOrder.length > 0 &&
    sheetOrder.every((id) => typeof id === "string" && isObject(sheets[id])) &&
    Object.values(sheets).every((sheet) => isObject(sheet) && isCells(sheet["cellData"]))
  );
}

function isCells(value: unknown): boolean {
  return (
    value === undefined ||
    (isObject(value) &&
      Object.values(value).every(
        (row) => isObject(row) && Object.values(row).every((cell) => !cell || isObject(cell)),
      ))
  );
}

function isAnswers(value: unknown): value is KeptWorkbook["answers"] {
  return (
    Array.isArray(value) &&
    value.every(
      (answer) =>
        isObject(answer) &&
        isPlace(answer["place"]) &&
        typeof answer["functionId"] === "string" &&
        Array.isArray(answer["args"]) &&
        Array.isArray(answer["cells"]) &&
        answer["cells"].every((row) => Array.isArray(row) && row.length > 0 && row.every(isObject)) &&
        answer["cells"].length > 0,
    )
  );
}

/** Without a valid selection the workbook opens on its first sheet. */
function selectionOf(value: unknown, content: KeptWorkbook["content"]): Pick<KeptWorkbook, "selection"> {
  if (!isPlace(value) || !isCount(value.rows) || !isCount(value.columns)) return {};
  return Object.hasOwn(content.sheets ?? {}, value.sheetId) ? { selection: value } : {};
}

function isPlace(value: unknown): value is Area {
  return (
    isObject(value) &&
    typeof value["sheetId"] === "string" &&
    isCount(value["row"]) &&
    isCount(value["column"])
  );
}

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;

function isSettings(value: unknown): value is KeptWorkbook["settings"] {
  return isObject(value) && Object.values(value).every((setting) => typeof setting === "string");
}
