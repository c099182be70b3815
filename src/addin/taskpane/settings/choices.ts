/**
 * A group of native radio buttons, for keyboard and screen readers.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import type { ChoiceWords } from "../texts/settings.ts";

export interface ChoiceGroup<Model, Choice extends string> {
  /** Shared by the radio buttons of a group. */
  readonly name: string;
  readonly legend: string;
  readonly meaning?: string;
  readonly choices: Readonly<Record<Choice, ChoiceWords>>;
  /** Default: all are offered. */
  readonly isOffered?: (model: Model, choice: Choice) => boolean;
  readonly chosen: (model: Model) => Choice;
  /** Result of the last choice in this group. */
  readonly outcome: (model: Model) => string;
  readonly choose: (model: Model, choice: Choice) => void;
}

export function choicesTemplate<Model, Choice extends string>(
  group: ChoiceGroup<Model, Choice>,
): ViewTemplate<Model> {
  const { name, legend, meaning, choices, isOffered = () => true, chosen, outcome, choose } = group;
  const items = Object.entries<ChoiceWords>(choices).map(([value, words]) => ({
    value: value as Choice,
    ...words,
  }));
  type Item = (typeof items)[number];
  const item = html<Item, Model>`
    <label class="choice">
      <input
        type="radio"
        name="${name}"
        value="${({ value }) => value}"
        :checked="${({ value }, { parent }) => chosen(parent) === value}"
        @change="${({ value }, { parent }) => choose(parent, value)}"
      />
      <span>${({ label }) => label}</span>
      ${when(({ meaning: words }) => words, html<Item>`<span class="hint">${({ meaning: words }) => words}</span>`)}
    </label>
  `;
  const hint = meaning === undefined ? "" : html`<p class="hint">${meaning}</p>`;
  return html<Model>`
    <fieldset class="choices">
      <legend>${legend}</legend>
      ${hint} ${repeat((model) => items.filter(({ value }) => isOffered(model, value)), item)}
      <p class="outcome">${outcome}</p>
    </fieldset>
  `;
}
