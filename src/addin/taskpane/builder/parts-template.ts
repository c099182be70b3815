/**
 * Template for everything below the choice of data. A separate chunk, because it is not visible when the pane opens.
 * @module
 */
import { html, type ViewTemplate } from "@microsoft/fast-element";
import type { Builder } from "./builder.ts";
import { fieldsTemplate } from "./fields/fields-template.ts";
import { orderTemplate } from "./order-template.ts";
import { previewTemplate } from "./preview/preview-template.ts";
import { filtersTemplate } from "./query/filters-template.ts";
import { textTemplate } from "./query/text-template.ts";
import { writingTemplate } from "./writing-template.ts";

export const partsTemplate: ViewTemplate<Builder> = html<Builder>`
  ${filtersTemplate} ${fieldsTemplate} ${orderTemplate} ${textTemplate} ${previewTemplate} ${writingTemplate}
`;
