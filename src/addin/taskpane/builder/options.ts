/**
 * What a list to choose from offers, with the chosen one always among it.
 * @module
 */
import { html } from "@microsoft/fast-element";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Option extends Choice {
  readonly isChosen: boolean;
}

export const optionTemplate = html<Option>`
  <option value="${({ value }) => value}" :selected="${({ isChosen }) => isChosen}">
    ${({ label }) => label}
  </option>
`;

/** @param labelOf what a chosen value is called that is not offered */
export function optionsOf(
  offered: readonly Choice[],
  chosen: string,
  labelOf: (value: string) => string = (value) => value,
): Option[] {
  const all = offered.some(({ value }) => value === chosen)
    ? offered
    : [...offered, { value: chosen, label: labelOf(chosen) }];
  return all.map(({ value, label }) => ({ value, label, isChosen: value === chosen }));
}

/** What somebody has chosen or entered. */
export const entered = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
