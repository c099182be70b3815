/**
 * Template for everything below the choice of data. A separate chunk, because it is not visible when the pane opens.
 * @module
 */
import { html } from "@microsoft/fast-element";
import type { Builder, Parts } from "./builder.ts";
import { fieldsTemplate } from "./fields/fields-template.ts";
import { orderTemplate } from "./order-template.ts";
import { previewTemplate } from "./preview/preview-template.ts";
import { filtersTemplate } from "./query/filters-template.ts";
import { textTemplate } from "./query/text-template.ts";
import { writingTemplate } from "./writing-template.ts";

const othersTemplate = html<Builder>`
  ${fieldsTemplate} ${orderTemplate} ${textTemplate} ${previewTemplate} ${writingTemplate}
`;

export const parts: Parts = { filters: filtersTemplate, others: othersTemplate };
