/**
 * Everything that comes once it is known what data is meant, from top to bottom. A chunk of its own: whoever opens the
 * pane does not see it yet.
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
