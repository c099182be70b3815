/**
 * How values look in the cells of this workbook: dates, and what stands where there is no value. Kept in the
 * workbook, so that everybody who opens it sees the same; what a person chose last is the start of their new ones.
 * @module
 */
import type { CellForm } from "../cells.ts";
import type { Host } from "../host.ts";
import { readStored, writeStored } from "../session/origin-storage.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

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

export interface ValueChoice {
  /** The settings of this workbook, or those that it will get with its first formula. */
  readonly current: () => ValueSettings;
  /** Chooses for this workbook and for the person's new ones. Cells follow when they are calculated again. */
  readonly choose: (settings: ValueSettings) => void;
  /**
   * How values become cells in this workbook; the same object until it changes. A new workbook takes the person's
   * choice with its first cell: for a colleague with other habits its cells stay as they are.
   */
  readonly cellForm: () => CellForm;
  /** How values are written into ranges, which show formatted dates in every Excel, older ones too. */
  readonly rangeForm: () => CellForm;
}

export function createValueSettings(host: Host, workbook: WorkbookSettings): ValueChoice {
  /** Read once: every cell asks for it. */
  let inUse: { readonly settings: ValueSettings; readonly form: CellForm } | undefined;

  const saved = () => read({ dates: workbook.read(datesKey), empty: workbook.read(emptyKey) });
  const save = ({ dates, empty }: ValueSettings) => workbook.write({ [datesKey]: dates, [emptyKey]: empty });

  function begin(): CellForm {
    const known = saved();
    const settings = known ?? ownSettings();
    if (!known) save(settings);
    const form = formOf(settings, host);
    inUse = { settings, form };
    return form;
  }

  const current = () => inUse?.settings ?? saved() ?? ownSettings();
  const cellForm = () => inUse?.form ?? begin();

  return {
    current,
    cellForm,
    rangeForm: () => ({ ...cellForm(), dates: current().dates === "serial" ? "serial" : "double" }),
    choose(settings) {
      save(settings);
      writeStored(ownChoice, settings);
      inUse = undefined;
    },
  };
}

function formOf({ dates, empty }: ValueSettings, host: Host): CellForm {
  return {
    dates: dates === "serial" ? "serial" : host.dateForm(),
    dateFormat: dates === "serial" ? standard.dates : dates,
    empty: emptyCells[empty](),
  };
}

/** A person who chooses zero knows it; errors stay errors whatever is chosen. */
const emptyCells: Readonly<Record<EmptyChoice, () => CellForm["empty"]>> = {
  blank: () => "",
  "#N/A": () => new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable),
  zero: () => 0,
};

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
