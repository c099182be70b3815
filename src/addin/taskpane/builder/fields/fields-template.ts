/**
 * Template for choosing columns: the available fields, and below them the chosen ones in order. In this layout the
 * list of available fields does not move while a person ticks fields.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { type Problem, problemTemplate } from "../../problem/problem.ts";
import { present } from "../../common/present.ts";
import { skeletonTemplate } from "../../common/skeleton.ts";
import { texts } from "../../texts/builder-parts.ts";
import type { Builder } from "../builder.ts";
import { collectionPath } from "../draft.ts";
import { expressionTemplate } from "../expression-template.ts";
import { chosenListTemplate } from "./chosen-template.ts";
import { usualFields } from "./field-list.ts";
import { offeredListTemplate } from "./offered-template.ts";
import "./fields.css";

const words = texts.fields;

const usualLabels = ({ draft }: Builder) => usualFields(draft.collection).map((path) => labelOf(path));

const noneTemplate = html<Builder>`
  <p class="hint">${words.none} ${(builder) => usualLabels(builder).join(", ")}.</p>
`;

const isKnown = ({ draft, fields }: Builder) => fields.known.has(collectionPath(draft));

/** Why the fields of the chosen collection could not be loaded. */
export const fieldsProblemOf = (builder: Builder): KalError | undefined =>
  isKnown(builder) ? undefined : builder.fields.problem;

const problemOf = (builder: Builder): Problem | undefined => {
  const error = fieldsProblemOf(builder);
  return error && { id: "fields-problem", error, retry: builder.retry };
};

const choicesTemplate = html<Builder>`
  <p class="hint">${words.explained}</p>
  ${present(problemOf, problemTemplate)}
  ${when(
    isKnown,
    offeredListTemplate,
    html<Builder>`${when(({ fields }: Builder) => fields.isLoading, skeletonTemplate)}`,
  )}
  ${when(({ draft }: Builder) => draft.fields.length > 0, chosenListTemplate, noneTemplate)}
`;

/** In one line, for those who have not opened it. */
function summaryOf({ draft }: Builder): string {
  if (draft.expressions.fields !== undefined) return draft.expressions.fields;
  return draft.fields.length > 0 ? draft.fields.map((path) => labelOf(path)).join(", ") : words.defaults;
}

export const fieldsTemplate = html<Builder>`
  <details
    id="columns"
    :open="${({ isColumnsOpen }) => isColumnsOpen}"
    @toggle="${(builder, { event }) => {
      builder.isColumnsOpen = (event.target as HTMLDetailsElement).open;
    }}"
  >
    <summary>
      <h3>${({ draft }) => (draft.goal === "beside" ? words.values : words.heading)}</h3>
      <span class="hint">${(builder) => (builder.isColumnsOpen ? "" : summaryOf(builder))}</span>
    </summary>
    <div>
      ${when(
        ({ draft }: Builder) => draft.expressions.fields === undefined,
        choicesTemplate,
        expressionTemplate("fields"),
      )}
    </div>
  </details>
`;
