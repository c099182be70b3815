/**
 * How this workbook displays dates and missing values. Saved in the workbook, so that everybody who opens it sees the
 * same. A new workbook starts with the person's last choice.
 * @module
 */
import type { CellForm } from "../cells.ts";
import type { Host } from "../host.ts";
import { readStored, writeStored } from "../session/origin-storage.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

/** Date formats of Excel (codes that are the same in every language), or plain numbers. */
export const dateChoices = ["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "serial"] as const;
export type DateChoice = (typeof dateChoices)[number];

/** What a missing value becomes. */
export const emptyChoices = ["blank", "#N/A", "zero"] as const;
export type EmptyChoice = (typeof emptyChoices)[number];

export interface ValueSettings {
  readonly dates: DateChoice;
  readonly empty: EmptyChoice;
}

const standard: ValueSettings = { dates: "yyyy-mm-dd", empty: "blank" };

const datesKey = "KAL.dates";
const emptyKey = "KAL.emptyValues";
/** Key in the origin's storage. */
const ownChoice = "values";

export interface ValueChoice {
  /** The settings of this workbook, or those that it will get with its first formula. */
  readonly current: () => ValueSettings;
  /** Chooses for this workbook and for the person's new ones. Cells follow when they are next calculated. */
  readonly choose: (settings: ValueSettings) => void;
  /**
   * How values become cells in this workbook; the same object until the settings change. A new workbook saves the
   * person's choice with its first cell, so that its cells stay the same for colleagues with other settings.
   */
  readonly cellForm: () => CellForm;
  /** How values are written into ranges, which can show formatted dates in every version of Excel. */
  readonly rangeForm: () => CellForm;
}

export function createValueSettings(host: Host, workbook: WorkbookSettings): ValueChoice {
  /** Cached: every cell asks for it. */
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

/** Zero is shown only if the person chose it; errors are never replaced. */
const emptyCells: Readonly<Record<EmptyChoice, () => CellForm["empty"]>> = {
  blank: () => "",
  "#N/A": () => new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable),
  zero: () => 0,
};

function ownSettings(): ValueSettings {
  return read(readStored(ownChoice)) ?? standard;
}

/** Accepts any stored value: a later version may have choices that this one does not know. */
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
