/**
 * How the filters look: a property, a comparison in words, and an input that fits the value.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { controlWords, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { present } from "../../present.ts";
import { texts } from "../../texts/builder.ts";
import type { Builder } from "../builder.ts";
import {
  addFilter,
  addFilterId,
  changeFilter,
  chooseProperty,
  filterPropertyId,
  propertiesOf,
  removeFilter,
  restoreQueryText,
} from "../choices.ts";
import { expressionTemplate } from "../expression-template.ts";
import { type Filter, operatorsFor, operatorWords } from "./filter.ts";
import { controlFor, entered, kindOf, messagesId, type Of, problemOf } from "./filter-controls.ts";

const words = texts.filter;

/** What “=” may be compared with is the Data API's to say, so this stops nobody. */
const isNoNumber = (filter: Filter, { parent }: Of) =>
  kindOf(filter, parent) === "number" &&
  filter.value !== "" &&
  Number.isNaN(Number(filter.value)) &&
  !problemOf(filter);

interface PropertyOption {
  readonly path: string;
  readonly label: string;
}

/** The properties that there are, and the one that stands there in any case. */
function optionsFor({ property }: Filter, builder: Builder): PropertyOption[] {
  const offered: PropertyOption[] = propertiesOf(builder);
  if (property === "" || offered.some(({ path }) => path === property)) return offered;
  return [...offered, { path: property, label: property }];
}

const optionTemplate = html<PropertyOption, Filter>`
  <option value="${({ path }) => path}" :selected="${({ path }, { parent }) => path === parent.property}">
    ${({ path, label }) => (label === path || (controlWords as readonly string[]).includes(path) ? path : `${label} (${path})`)}
  </option>
`;

const propertyTemplate = html<Filter, Builder>`
  <select
    id="${filterPropertyId}"
    aria-label="${words.property}"
    @change="${(filter, { event, parent }) => chooseProperty(parent, filter, entered(event))}"
  >
    <option value="" :selected="${({ property }) => property === ""}">${words.chooseProperty}</option>
    ${repeat((filter: Filter, { parent }: Of) => optionsFor(filter, parent), optionTemplate)}
  </select>
`;

interface OperatorOption {
  readonly operator: Operator;
  readonly label: string;
}

const operatorTemplate = html<Filter, Builder>`
  <select
    aria-label="${words.operator}"
    @change="${(filter, { event, parent }) =>
      changeFilter(parent, filter, { operator: entered(event) as Operator })}"
  >
    ${repeat(
      (filter: Filter, { parent }: Of): OperatorOption[] => {
        const kind = kindOf(filter, parent);
        return operatorsFor(filter, kind).map((operator) => ({
          operator,
          label: operatorWords(operator, kind),
        }));
      },
      html<OperatorOption, Filter>`
        <option
          value="${({ operator }) => operator}"
          :selected="${({ operator }, { parent }) => operator === parent.operator}"
        >
          ${({ label }) => label}
        </option>
      `,
    )}
  </select>
`;

const filterTemplate = html<Filter, Builder>`
  <li class="filter">
    ${propertyTemplate}
    <button
      type="button"
      class="icon-button"
      aria-label="${({ property }) => words.remove(property)}"
      @click="${(filter, { parent }) => removeFilter(parent, filter)}"
    >
      ✕
    </button>
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
  ${when(({ draft }: Builder) => draft.filters.length === 0, html`<p class="hint">${words.none}</p>`)}
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
