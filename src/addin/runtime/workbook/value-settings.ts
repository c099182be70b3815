/**
 * How values look in the cells of this workbook: dates, and what stands where there is no value. Kept in the
 * workbook, so that everybody who opens it sees the same; what a person chose last is the start of their new ones.
 * @module
 */
import { type CellForm, dateFormOfHost } from "../cells.ts";
import { readStored, writeStored } from "../session/origin-storage.ts";
import { readWorkbookSetting, writeWorkbookSettings } from "./workbook-settings.ts";

/** Dates in one of Excel's formats (codes that are the same in every language), or as plain numbers. */
export const dateChoices = ["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "serial"] as const;
export type DateChoice = (typeof dateChoices)[number];

/** What an absent value becomes. */
export const emptyChoices = ["blank", "#N/A", "zero"] as const;
export type EmptyChoice = (typeof emptyChoices)[number];

export interface ValueSettings {
  readonly dates: DateChoice;
  readonly empty: EmptyChoice;
}

const standard: ValueSettings = { dates: "yyyy-mm-dd", empty: "blank" };

const datesKey = "KAL.dates";
const emptyKey = "KAL.emptyValues";
/** In the origin's storage. */
const ownChoice = "values";

/** Read once per runtime: it is asked for by every cell. */
let inUse: { readonly settings: ValueSettings; readonly form: CellForm } | undefined;

/** What holds in this workbook, or will hold as soon as it has a formula. */
export function valueSettings(): ValueSettings {
  return inUse?.settings ?? savedSettings() ?? ownSettings();
}

/** Chooses for this workbook, and for the person's new ones. Cells follow when they are calculated again. */
export function chooseValueSettings(settings: ValueSettings): void {
  save(settings);
  writeStored(ownChoice, settings);
  inUse = undefined;
}

/**
 * How values become cells in this workbook; the same object until it changes. A new workbook takes the person's choice
 * on with its first cell: for a colleague with other habits its cells stay as they are.
 */
export function cellForm(): CellForm {
  if (inUse) return inUse.form;
  const saved = savedSettings();
  const settings = saved ?? ownSettings();
  if (!saved) save(settings);
  inUse = { settings, form: formOf(settings) };
  return inUse.form;
}

function formOf({ dates, empty }: ValueSettings): CellForm {
  return {
    dates: dates === "serial" ? "serial" : dateFormOfHost(),
    dateFormat: dates === "serial" ? standard.dates : dates,
    empty: emptyCells[empty](),
  };
}

/** Zero is asked for by somebody who knows it; errors stay errors whatever is chosen. */
const emptyCells: Readonly<Record<EmptyChoice, () => CellForm["empty"]>> = {
  blank: () => "",
  "#N/A": () => new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable),
  zero: () => 0,
};

function savedSettings(): ValueSettings | undefined {
  return read({ dates: readWorkbookSetting(datesKey), empty: readWorkbookSetting(emptyKey) });
}

function save({ dates, empty }: ValueSettings): void {
  writeWorkbookSettings({ [datesKey]: dates, [emptyKey]: empty });
}

function ownSettings(): ValueSettings {
  return read(readStored(ownChoice)) ?? standard;
}

/** Whatever is stored: a later version may know choices that this one does not. */
function read(stored: unknown): ValueSettings | undefined {
  const { dates, empty } = (stored ?? {}) as Partial<Record<keyof ValueSettings, unknown>>;
  const isKnown = isOneOf(dateChoices, dates) || isOneOf(emptyChoices, empty);
  if (!isKnown) return undefined;
  return {
    dates: isOneOf(dateChoices, dates) ? dates : standard.dates,
    empty: isOneOf(emptyChoices, empty) ? empty : standard.empty,
  };
}

function isOneOf<Choice extends string>(choices: readonly Choice[], value: unknown): value is Choice {
  return (choices as readonly unknown[]).includes(value);
}
