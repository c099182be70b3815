/**
 * The query builder from top to bottom: data, columns, filters, order, text, first rows, formula.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { present } from "../present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../skeleton.ts";
import { texts } from "../texts/builder.ts";
import { type Builder, headingId, problemId } from "./builder.ts";
import { cellTemplate } from "./cell/cell-template.ts";
import { fieldsTemplate } from "./fields/fields-template.ts";
import { orderTemplate } from "./order-template.ts";
import { previewTemplate } from "./preview/preview-template.ts";
import { filtersTemplate } from "./query/filters-template.ts";
import { textTemplate } from "./query/text-template.ts";
import { sliceTemplate } from "./slice-template.ts";
import { writingTemplate } from "./writing-template.ts";
import "./builder.css";

const problemOf = ({ problem, load }: Builder): Problem | undefined =>
  problem && { id: problemId, error: problem, retry: () => void load() };

/** Everything that comes once it is known what data is meant. */
const hasSlice = ({ draft }: Builder) =>
  draft.collection !== "" || draft.expressions.collection !== undefined;

const partsTemplate = html<Builder>`
  ${sliceTemplate}
  ${when(
    hasSlice,
    html<Builder>`
      ${filtersTemplate} ${fieldsTemplate} ${orderTemplate} ${textTemplate} ${previewTemplate}
      ${writingTemplate}
    `,
  )}
`;

export const builderTemplate = html<Builder>`
  <section class="builder" aria-labelledby="${headingId}">
    <h2 id="${headingId}" tabindex="-1">${texts.heading}</h2>
    ${cellTemplate} ${present(problemOf, problemTemplate)}
    ${when(
      ({ collections }: Builder) => collections,
      partsTemplate,
      html<Builder>`${when(({ problem }: Builder) => !problem, skeletonTemplate)}`,
    )}
  </section>
`;
