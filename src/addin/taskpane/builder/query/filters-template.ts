/**
 * Template of the filters: a property, a comparison in words, and an input for the value.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { isComparison, isControl, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { present } from "../../common/present.ts";
import { filterTexts } from "../../texts/filter.ts";
import type { Builder } from "../builder.ts";
import {
  addFilter,
  addFilterId,
  changeFilter,
  chooseProperty,
  filterPropertyId,
  removeFilter,
  restoreQueryText,
} from "../choices.ts";
import { expressionTemplate } from "../expression-template.ts";
import { iconButtonTemplate } from "../icon-button-template.ts";
import { type Option, optionsOf } from "../options.ts";
import { propertyChoices } from "../properties.ts";
import { selectTemplate } from "../select-template.ts";
import type { Filter } from "./filter.ts";
import { operatorsFor, operatorWords } from "./filter-kinds.ts";
import { controls, kindOf, messagesId, type Of, problemOf } from "./filter-controls.ts";
import { pickerTemplate } from "./picker-template.ts";
import "./filters.css";

const words = filterTexts;

/** Only a hint: the Data API decides what “=” accepts. */
const isNoNumber = (filter: Filter, { parent }: Of) =>
  kindOf(filter, parent) === "number" &&
  filter.value !== "" &&
  Number.isNaN(Number(filter.value)) &&
  !problemOf(filter);

/** A value is picked where it is likely to be one of those that the records hold. */
function controlFor(filter: Filter, builder: Builder): ViewTemplate<Filter, Builder> {
  const kind = kindOf(filter, builder);
  const isNumber = kind === "number" && !isComparison(filter.operator) && !isControl(filter);
  return kind === "text" || isNumber ? pickerTemplate : controls[kind];
}

function propertyOptions({ property }: Filter, { parent }: Of): Option[] {
  return optionsOf([{ value: "", label: words.chooseProperty }, ...propertyChoices(parent)], property);
}

function operatorOptions(filter: Filter, { parent }: Of): Option[] {
  const kind = kindOf(filter, parent);
  const offered = operatorsFor(filter, kind).map((operator) => ({
    value: operator,
    label: operatorWords(operator, kind),
  }));
  return optionsOf(offered, filter.operator);
}

const propertyTemplate = selectTemplate<Filter, Builder>({
  id: filterPropertyId,
  label: words.property,
  options: propertyOptions,
  choose: (filter, property, builder) => chooseProperty(builder, filter, property),
});

const operatorTemplate = selectTemplate<Filter, Builder>({
  label: words.operator,
  options: operatorOptions,
  choose: (filter, chosen, builder) => changeFilter(builder, filter, { operator: chosen as Operator }),
});

const removeButton = iconButtonTemplate<Filter, Builder>({
  sign: "✕",
  label: ({ property }) => words.remove(property),
  press: (filter, builder) => removeFilter(builder, filter),
});

const filterTemplate = html<Filter, Builder>`
  <li class="filter">
    ${propertyTemplate} ${removeButton}
    ${when(
      ({ property }: Filter) => property !== "",
      html<Filter, Builder>`
        <div class="comparison">
          ${operatorTemplate} ${(filter, { parent }) => controlFor(filter, parent)}
        </div>
      `,
    )}
    <div class="messages" id="${messagesId}" role="status">
      ${present(
        problemOf,
        html<KalError>`<p class="error">${({ message, hint }) => `${message} ${hint}`.trim()}</p>`,
      )}
      ${when(
        (filter: Filter) => filter.property !== "" && filter.value.trim() === "",
        html`<p class="hint">${words.noValue}</p>`,
      )}
      ${when(isNoNumber, html<Filter>`<p class="warning">${({ value }) => words.noNumber(value)}</p>`)}
    </div>
  </li>
`;

const lockedTemplate = html<Builder>`
  <div class="note">
    <p>${words.locked}</p>
    <fluent-button size="small" @click="${restoreQueryText}">${words.restore}</fluent-button>
  </div>
`;

const rowsTemplate = html<Builder>`
  ${when(({ draft }: Builder) => draft.queryProblem, lockedTemplate)}
  ${when(({ draft }: Builder) => draft.filters.length === 0, html<Builder>`<p class="hint">${({ draft }) => (draft.goal === "beside" ? words.noneSearched : words.none)}</p>`)}
  <fieldset ?disabled="${({ draft }) => draft.queryProblem !== undefined}">
    <legend class="visually-hidden">${words.heading}</legend>
    <ul class="filters">
      ${repeat(({ draft }: Builder) => draft.filters, filterTemplate, { recycle: false })}
    </ul>
    <button type="button" id="${addFilterId}" class="inline-action" @click="${addFilter}">
      + ${words.add}
    </button>
  </fieldset>
`;

export const filtersTemplate = html<Builder>`
  <section class="part" aria-labelledby="filters-heading">
    <h3 id="filters-heading">${words.heading}</h3>
    ${when(
      ({ draft }: Builder) => draft.expressions.query === undefined,
      rowsTemplate,
      expressionTemplate("query"),
    )}
  </section>
`;
