/**
 * Template of the query builder: the selected cell, the choice of data, and the parts of a query once data is chosen.
 * @module
 */
import { html, render, when } from "@microsoft/fast-element";
import { chunkTemplate } from "../chunk/chunk.ts";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../common/skeleton.ts";
import { texts } from "../texts/builder.ts";
import { type Builder, hasSlice, headingId, isFolding, problemId } from "./builder.ts";
import { goalsTemplate } from "./goal-template.ts";
import { filtersPlace, sliceTemplate } from "./slice-template.ts";
import "./builder.css";

const problemOf = ({ problem, retry }: Builder): Problem | undefined =>
  problem && { id: problemId, error: problem, retry };

const partsTemplate = html<Builder>`
  ${render(({ partsChunk }) => partsChunk, chunkTemplate)}
  ${when((builder) => !isFolding(builder) && builder.draft.goal !== "beside", filtersPlace)}
  ${({ parts }) => parts?.others}
`;

const queryTemplate = html<Builder>`${goalsTemplate} ${sliceTemplate} ${when(hasSlice, partsTemplate)}`;

export const builderTemplate = html<Builder>`
  <section class="builder" aria-labelledby="${headingId}">
    <h2 id="${headingId}" tabindex="-1">${texts.heading}</h2>
    ${({ cell }) => cell} ${present(problemOf, problemTemplate)}
    ${when(
      ({ collections }: Builder) => collections,
      queryTemplate,
      html<Builder>`${when(({ problem }: Builder) => !problem, skeletonTemplate)}`,
    )}
  </section>
`;
