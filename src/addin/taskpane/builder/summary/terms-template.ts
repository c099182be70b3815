/**
 * Template of the groups and figures of a summary: lists of two choices each.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { summaryTexts as words } from "../../texts/summary.ts";
import type { Builder } from "../builder.ts";
import { expressionTemplate } from "../expression-template.ts";
import { iconButtonTemplate } from "../icon-button-template.ts";
import { type Choice, optionsOf } from "../options.ts";
import { groupChoices, numberChoices, propertyChoices } from "../properties.ts";
import { type Select, selectTemplate } from "../select-template.ts";
import {
  addTerm,
  addTermId,
  buckets,
  changeTerm,
  chooseGroup,
  chooseMeasure,
  isTime,
  measures,
  needsNumbers,
  removeTerm,
  termId,
  type TermsName,
} from "./term-choices.ts";
import { isWhole, readTerm, type Term } from "./terms.ts";

type TermSelect = Pick<Select<Term, Builder>, "options" | "choose">;

/** A term's two choices; the second is shown only where it makes sense. */
interface Choosing {
  readonly first: TermSelect;
  readonly second: TermSelect;
  readonly hasSecond: (term: Term, builder: Builder) => boolean;
}

type Of = { readonly parent: Builder };

const partsOf = ({ text }: Term) => readTerm(text);

const callOptions = <Name extends string>(names: readonly Name[], labels: Readonly<Record<Name, string>>) =>
  names.map((name): Choice => ({ value: name, label: labels[name] }));

const choosing: Readonly<Record<TermsName, Choosing>> = {
  by: {
    first: {
      options: (term, { parent }) =>
        optionsOf([{ value: "", label: words.by.choose }, ...groupChoices(parent)], partsOf(term).field),
      choose: (term, field, builder) => chooseGroup(builder, term, field),
    },
    second: {
      options: (term) => optionsOf(callOptions(buckets, words.buckets), partsOf(term).call),
      choose: (term, call, builder) => changeTerm(builder, term, { call }),
    },
    hasSecond: (term, builder) => partsOf(term).call !== "" || isTime(builder, partsOf(term).field),
  },
  measures: {
    first: {
      options: (term) => optionsOf(callOptions(measures, words.names), partsOf(term).call),
      choose: (term, call, builder) => chooseMeasure(builder, term, call),
    },
    second: {
      options(term, { parent }) {
        const { call, field } = partsOf(term);
        const offered = needsNumbers(call) ? numberChoices(parent) : propertyChoices(parent);
        return optionsOf([{ value: "", label: words.measures.choose }, ...offered], field);
      },
      choose: (term, field, builder) => changeTerm(builder, term, { field }),
    },
    hasSecond: (term) => partsOf(term).call !== "count" || partsOf(term).field !== "",
  },
};

/** What the figure means, where two are easily confused. */
function meaningOf(term: Term, { draft }: Builder): string {
  const { call } = partsOf(term);
  if (!isWhole(term)) return words.fieldMissing;
  if (call === "timeavg") return words.overTime;
  return call === "avg" && findCollection(draft.collection)?.timeProperty !== undefined
    ? words.overRecords
    : "";
}

export function termsTemplate(name: TermsName): ViewTemplate<Builder> {
  const { heading, none, add, first, second, remove } = words[name];
  const rules = choosing[name];
  const removeButton = iconButtonTemplate<Term, Builder>({
    sign: "✕",
    label: ({ text }) => remove(text),
    press: (term, builder) => removeTerm(builder, name, term),
  });
  const termTemplate = html<Term, Builder>`
    <li class="filter">
      ${selectTemplate<Term, Builder>({ id: termId, label: first, ...rules.first })} ${removeButton}
      ${when(
        (term: Term, { parent }: Of) => rules.hasSecond(term, parent),
        selectTemplate<Term, Builder>({ label: second, ...rules.second }),
      )}
      <div class="messages" role="status">
        ${when(
          (term: Term, { parent }: Of) => meaningOf(term, parent) !== "",
          html<Term, Builder>`<p class="hint">${(term, { parent }) => meaningOf(term, parent)}</p>`,
        )}
      </div>
    </li>
  `;
  const listTemplate = html<Builder>`
    ${when(({ draft }: Builder) => draft[name].length === 0, html`<p class="hint">${none}</p>`)}
    <fieldset>
      <legend class="visually-hidden">${heading}</legend>
      <ul class="filters">
        ${repeat(({ draft }: Builder) => draft[name], termTemplate, { recycle: false })}
      </ul>
      <button
        type="button"
        id="${addTermId(name)}"
        class="inline-action"
        @click="${(builder) => addTerm(builder, name)}"
      >
        + ${add}
      </button>
    </fieldset>
  `;
  return html<Builder>`
    <section class="part" aria-labelledby="${name}-heading">
      <h3 id="${name}-heading">${heading}</h3>
      ${when(
        ({ draft }: Builder) => draft.expressions[name] === undefined,
        listTemplate,
        expressionTemplate(name),
      )}
    </section>
  `;
}
