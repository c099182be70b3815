/**
 * Options of a list; always include the chosen one.
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

/** @param labelOf the label of a chosen value that is not among the options */
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

/** The value of the input or list that raised an event. */
export const entered = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
