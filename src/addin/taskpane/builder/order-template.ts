/**
 * The order of the rows, how many of them, and their headings.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { labelOf } from "../../../kalibrate/catalogue/attributes.ts";
import { texts } from "../texts/builder.ts";
import type { Builder } from "./builder.ts";
import { chooseDirection, enterLimit, orderBy, propertiesOf, chooseHeaders } from "./choices.ts";
import { expressionTemplate } from "./expression-template.ts";
import type { Headers } from "./formula/query-call.ts";

const words = texts.order;

const chosen = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

interface Property {
  readonly path: string;
  readonly label: string;
}

function propertiesFor(builder: Builder): readonly Property[] {
  const offered: readonly Property[] = propertiesOf(builder);
  const { orderBy: path } = builder.draft;
  return path === "" || offered.some((one) => one.path === path)
    ? offered
    : [...offered, { path, label: path }];
}

const optionTemplate = html<Property, Builder>`
  <option
    value="${({ path }) => path}"
    :selected="${({ path }, { parent }) => path === parent.draft.orderBy}"
  >
    ${({ path, label }) => (label === path ? path : `${label} (${path})`)}
  </option>
`;

const isLocked = ({ draft }: Builder) => draft.queryProblem !== undefined;

const orderByTemplate = html<Builder>`
  <div class="field">
    <label for="order-by">${words.by}</label>
    <select
      id="order-by"
      ?disabled="${isLocked}"
      @change="${(builder, { event }) => orderBy(builder, chosen(event))}"
    >
      <option value="" :selected="${({ draft }) => draft.orderBy === ""}">${words.none}</option>
      ${repeat(propertiesFor, optionTemplate)}
    </select>
  </div>
  ${when(
    ({ draft }: Builder) => draft.orderBy !== "",
    html<Builder>`
      <div class="field">
        <label for="direction">${words.direction}</label>
        <select
          id="direction"
          ?disabled="${isLocked}"
          @change="${(builder, { event }) =>
            chooseDirection(builder, chosen(event) as "ascending" | "descending")}"
        >
          <option value="descending" :selected="${({ draft }) => draft.direction !== "ascending"}">
            ${words.descending}
          </option>
          <option value="ascending" :selected="${({ draft }) => draft.direction === "ascending"}">
            ${words.ascending}
          </option>
        </select>
      </div>
    `,
  )}
`;

const limitTemplate = html<Builder>`
  <div class="field">
    <label for="limit">${words.limit}</label>
    <input
      id="limit"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      aria-describedby="limit-hint"
      aria-invalid="${({ limitProblem }) => (limitProblem ? "true" : "false")}"
      :value="${({ draft }) => (draft.limit === 0 ? "" : String(draft.limit))}"
      @input="${(builder, { event }) => enterLimit(builder, chosen(event))}"
    />
    <p class="${({ limitProblem }) => (limitProblem ? "error" : "hint")}" id="limit-hint" role="status">
      ${({ limitProblem }) => (limitProblem ? words.limitWrong : words.limitHint)}
    </p>
  </div>
`;

const headingsTemplate = html<Builder>`
  <div class="field">
    <label for="headings">${words.headings}</label>
    <select
      id="headings"
      @change="${(builder, { event }) => chooseHeaders(builder, Number(chosen(event)) as Headers)}"
    >
      ${repeat(
        () => words.headers.map((label, value) => ({ label, value })),
        html<{ readonly label: string; readonly value: number }, Builder>`
          <option
            value="${({ value }) => value}"
            :selected="${({ value }, { parent }) => value === parent.draft.headers}"
          >
            ${({ label }) => label}
          </option>
        `,
      )}
    </select>
  </div>
`;

/** What is set, for whoever has not opened it. */
function summaryOf({ draft }: Builder): string {
  const { orderBy: path, limit, headers, expressions } = draft;
  return [
    path === "" ? words.none : words.orderedBy(labelOf(path)),
    expressions.limit ?? (limit === 0 ? words.allRows : texts.write.rows(limit).replace(".", "")),
    expressions.headers ?? words.headers[headers],
  ].join(" · ");
}

export const orderTemplate = html<Builder>`
  <details>
    <summary>
      <h3>${words.heading}</h3>
      <span class="hint">${summaryOf}</span>
    </summary>
    <div>
      ${when(({ draft }: Builder) => draft.expressions.query === undefined, orderByTemplate)}
      <div class="pair">
        ${when(
          ({ draft }: Builder) => draft.expressions.limit === undefined,
          limitTemplate,
          expressionTemplate("limit"),
        )}
        ${when(
          ({ draft }: Builder) => draft.expressions.headers === undefined,
          headingsTemplate,
          expressionTemplate("headers"),
        )}
      </div>
    </div>
  </details>
`;
