/**
 * Template of the preview.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import type { QueryAnswer } from "../../../../kalibrate/gateway-api.ts";
import type { Column, TableValue } from "../../../../kalibrate/table.ts";
import { readableTime } from "../../common/times.ts";
import { present } from "../../common/present.ts";
import { type Problem, problemTemplate } from "../../problem/problem.ts";
import { skeletonTemplate } from "../../common/skeleton.ts";
import { texts } from "../../texts/builder-parts.ts";
import type { Builder } from "../builder.ts";
import { missingIn } from "../missing.ts";
import { fieldsProblemOf } from "../fields/fields-template.ts";
import { previewRows, questionOf } from "./questions.ts";
import { readable } from "./readable-value.ts";
import "./preview.css";

const words = texts.preview;

interface Value {
  readonly text: string;
  readonly isNumber: boolean;
}

function valuesOf({ columns }: QueryAnswer, row: readonly TableValue[]): Value[] {
  return columns.map(({ type }, at) => ({
    text: readable(row[at] ?? null, type),
    isNumber: type === "number",
  }));
}

const columnTemplate = html<Column, Builder>`
  <th scope="col" class="${({ type }) => (type === "number" ? "number" : "")}">
    ${({ name, label }, { parent }) => (parent.draft.goal === "beside" || parent.draft.headers === 2 ? label : name)}
  </th>
`;

const valueTemplate = html<Value>`
  <td class="${({ isNumber }) => (isNumber ? "number" : "")}">${({ text }) => text}</td>
`;

const rowTemplate = html<readonly Value[]>`
  <tr>
    ${repeat((values: readonly Value[]) => values, valueTemplate)}
  </tr>
`;

const timeOf = ({ preview: { answer } }: Builder) => words.asOf(readableTime(answer?.asOf ?? ""));

const tableTemplate: ViewTemplate<Builder> = html<Builder>`
  <div
    class="${({ preview }) => (preview.isLoading ? "rows waiting" : "rows")}"
    role="region"
    aria-label="${words.table}"
    aria-busy="${({ preview }) => (preview.isLoading ? "true" : "false")}"
    tabindex="0"
  >
    <table>
      <thead>
        <tr>
          ${repeat(({ preview }: Builder) => preview.answer?.columns ?? [], columnTemplate)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          ({ preview: { answer } }: Builder) =>
            answer?.rows.slice(0, previewRows).map((row) => valuesOf(answer, row)) ?? [],
          rowTemplate,
        )}
      </tbody>
    </table>
  </div>
  ${when(
    ({ preview }: Builder) => preview.answer?.rowCount === 0,
    html`<p class="hint" role="status">${words.none}</p>`,
  )}
  ${when(
    ({ preview }: Builder) => preview.answer?.note,
    html<Builder>`<p class="warning" role="status">${({ preview }) => preview.answer?.note}</p>`,
  )}
  <p class="hint">${timeOf}</p>
`;

/**
 * Whether loading the fields failed with the same error, for example an unknown collection; then it is shown only
 * once.
 */
const isSaidAbove = (builder: Builder) =>
  builder.preview.problem !== undefined &&
  fieldsProblemOf(builder)?.message === builder.preview.problem.message;

const problemOf = (builder: Builder): Problem | undefined => {
  const { preview, retry } = builder;
  return preview.problem && !isSaidAbove(builder)
    ? { id: "preview-problem", error: preview.problem, retry }
    : undefined;
};

/** Why there are no rows to show, although nothing failed. */
function reasonOf({ draft }: Builder): string {
  if (draft.queryProblem && draft.expressions.query === undefined) return words.queryWrong;
  return missingIn(draft)?.text ?? words.fromExcel;
}

const rowsTemplate = html<Builder>`
  ${present(problemOf, problemTemplate)} ${when(isSaidAbove, html`<p class="hint">${words.saidAbove}</p>`)}
  ${when(
    ({ preview }: Builder) => preview.answer,
    tableTemplate,
    html<Builder>`${when(({ preview }: Builder) => preview.isLoading, skeletonTemplate)}`,
  )}
`;

export const previewTemplate = html<Builder>`
  <section class="part" aria-labelledby="preview-heading">
    <h3 id="preview-heading">${words.heading}</h3>
    ${when(
      ({ draft }: Builder) => questionOf(draft) !== undefined,
      rowsTemplate,
      html<Builder>`<p class="hint">${reasonOf}</p>`,
    )}
  </section>
`;
