/**
 * Template for the order of the rows, their number and the headings.
 * @module
 */
import { html, type ViewTemplate, when } from "@microsoft/fast-element";
import { labelOf } from "../../../kalibrate/catalogue/attributes.ts";
import { texts } from "../texts/builder-parts.ts";
import type { Builder } from "./builder.ts";
import { chooseDirection, chooseHeaders, enterLimit, orderBy } from "./choices.ts";
import { expressionTemplate } from "./expression-template.ts";
import { functionOf } from "./draft.ts";
import { functions, type Headers, type KalFunction, type ParameterName } from "./formula/functions.ts";
import { entered, type Option, optionsOf } from "./options.ts";
import { orderChoices } from "./properties.ts";
import { selectField } from "./select-template.ts";
import { limitId } from "./writing.ts";

const words = texts.order;

function orderOptions(builder: Builder): Option[] {
  return optionsOf(
    [{ value: "", label: words.unordered[builder.draft.goal] }, ...orderChoices(builder)],
    builder.draft.orderBy,
  );
}

const directionOptions = ({ draft }: Builder) =>
  optionsOf(
    [
      { value: "descending", label: words.descending },
      { value: "ascending", label: words.ascending },
    ],
    draft.direction || "descending",
  );

const headingOptions = ({ draft }: Builder) =>
  optionsOf(
    words.headers.map((label, value) => ({ value: String(value), label })),
    String(draft.headers),
  );

const isLocked = ({ draft }: Builder) => draft.queryProblem !== undefined;

const directionTemplate = selectField(words.direction, {
  id: "direction",
  options: directionOptions,
  choose: (builder, chosen) => chooseDirection(builder, chosen as "ascending" | "descending"),
  isLocked,
});

const orderByTemplate = html<Builder>`
  ${selectField(words.by, { id: "order-by", options: orderOptions, choose: orderBy, isLocked })}
  ${when(({ draft }: Builder) => draft.orderBy !== "", directionTemplate)}
`;

const limitTemplate = html<Builder>`
  <div class="field">
    <label for="${limitId}">${words.limit}</label>
    <input
      id="${limitId}"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      aria-describedby="limit-hint"
      aria-invalid="${({ limitProblem }) => (limitProblem ? "true" : "false")}"
      :value="${({ draft }) => (draft.limit === 0 ? "" : String(draft.limit))}"
      @input="${(builder, { event }) => enterLimit(builder, entered(event))}"
    />
    <p class="${({ limitProblem }) => (limitProblem ? "error" : "hint")}" id="limit-hint" role="status">
      ${({ limitProblem }) => (limitProblem ? words.limitWrong : words.limitHint)}
    </p>
  </div>
`;

const headingsTemplate = selectField(words.headings, {
  id: "headings",
  options: headingOptions,
  choose: (builder, chosen) => chooseHeaders(builder, Number(chosen) as Headers),
});

/** A summary comes in the order of its groups. A lookup takes the first of several records. */
const hasOrder = ({ draft }: Builder) =>
  ["QUERY", "LOOKUP"].includes(functionOf(draft)) && draft.expressions.query === undefined;

/** Whether the function has this argument. */
const takes = ({ draft }: Builder, name: ParameterName) => {
  const { parameters }: KalFunction = functions[functionOf(draft)];
  return parameters.includes(name);
};

/** A summary of the settings, shown while the section is closed. */
function summaryOf(builder: Builder): string {
  const { draft } = builder;
  const { orderBy: path, limit, headers, expressions } = draft;
  return [
    hasOrder(builder) && (path === "" ? words.unordered[draft.goal] : words.orderedBy(labelOf(path))),
    takes(builder, "limit") &&
      (expressions.limit ?? (limit === 0 ? words.allRows : texts.write.rows(limit).replace(".", ""))),
    takes(builder, "headers") && (expressions.headers ?? words.headers[headers]),
  ]
    .filter(Boolean)
    .join(" · ");
}

const argumentTemplate = (name: ParameterName, template: ViewTemplate<Builder>) => html<Builder>`
  ${when(({ draft }: Builder) => draft.expressions[name] === undefined, template, expressionTemplate(name))}
`;

const choicesTemplate = html<Builder>`
  <details>
    <summary>
      <h3>${({ draft }) => words.titles[draft.goal]}</h3>
      <span class="hint">${summaryOf}</span>
    </summary>
    <div>
      ${when(hasOrder, orderByTemplate)}
      <div class="pair">
        ${when((builder: Builder) => takes(builder, "limit"), argumentTemplate("limit", limitTemplate))}
        ${when((builder: Builder) => takes(builder, "headers"), argumentTemplate("headers", headingsTemplate))}
      </div>
    </div>
  </details>
`;

export const orderTemplate = html<Builder>`${when(
  (builder) => hasOrder(builder) || takes(builder, "headers"),
  choicesTemplate,
)}`;
