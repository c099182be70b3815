/**
 * Template for everything below the choice of data. A separate chunk, because it is not visible when the pane opens.
 * @module
 */
import { html, type ViewTemplate, when } from "@microsoft/fast-element";
import { findPlace } from "./beside/find-place.ts";
import { keysTemplate } from "./beside/keys-template.ts";
import { openLookup } from "./beside/open-lookup.ts";
import { momentTemplate } from "./beside/moment-template.ts";
import { type Builder, isFolding, type Parts } from "./builder.ts";
import type { Goal } from "./draft.ts";
import { fieldsTemplate } from "./fields/fields-template.ts";
import { orderTemplate } from "./order-template.ts";
import { previewTemplate } from "./preview/preview-template.ts";
import { marketTemplate } from "./market/market-template.ts";
import { questionOf } from "./preview/questions.ts";
import { filtersTemplate } from "./query/filters-template.ts";
import { termsTemplate } from "./summary/terms-template.ts";
import { createKnownValues } from "./query/known-values.ts";
import { textTemplate } from "./query/text-template.ts";
import { writingTemplate } from "./writing-template.ts";

/** What a person chooses for each goal, besides the data and its filters. */
const choices: Readonly<Record<Goal, ViewTemplate<Builder>>> = {
  rows: fieldsTemplate,
  beside: html<Builder>`${keysTemplate} ${fieldsTemplate} ${momentTemplate}
  ${when((builder) => !isFolding(builder), filtersTemplate)}`,
  totals: html<Builder>`${termsTemplate("by")} ${termsTemplate("measures")}`,
  market: marketTemplate,
};

const othersTemplate = html<Builder>`
  ${({ draft }) => choices[draft.goal]} ${orderTemplate}
  ${when(({ draft }: Builder) => draft.goal !== "market", textTemplate)} ${previewTemplate} ${writingTemplate}
`;

export const parts: Parts = {
  filters: filtersTemplate,
  others: othersTemplate,
  questionOf,
  findPlace,
  openLookup,
  createKnownValues,
};
