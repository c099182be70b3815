/**
 * Template of the moment of a lookup or a market.
 * @module
 */
import { html, type ViewTemplate, when } from "@microsoft/fast-element";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { present } from "../../common/present.ts";
import { texts } from "../../texts/beside.ts";
import type { Builder } from "../builder.ts";
import type { When } from "../draft.ts";
import { optionsOf } from "../options.ts";
import { controls } from "../query/filter-controls.ts";
import { selectField } from "../select-template.ts";
import { chooseWhen } from "./choices.ts";
import { cellsTemplate } from "./source-template.ts";

/** Records without a time of their own are always in force. */
const hasTime = ({ draft }: Builder) =>
  draft.when !== "none" || findCollection(draft.collection)?.timeProperty !== undefined;

function whens({ draft }: Builder) {
  const isMarket = draft.goal === "market";
  const offered: readonly When[] = isMarket
    ? ["none", "chosen", "cells"]
    : ["now", "chosen", "cells", "none"];
  return offered.map((value) => ({
    value,
    label: isMarket && value === "none" ? texts.market.current : texts.whens[value],
  }));
}

const momentIs = (wanted: When) => (builder: Builder) =>
  builder.draft.when === wanted ? builder.draft.moment : undefined;

const fieldTemplate = html<Builder>`
  ${selectField(texts.when, {
    id: "moment-when",
    options: (builder) => optionsOf(whens(builder), builder.draft.when),
    choose: (builder, chosen) => chooseWhen(builder, chosen as When),
  })}
  ${present(momentIs("chosen"), html`<div class="comparison">${controls.date}</div>`)}
  ${present(momentIs("cells"), cellsTemplate)}
`;

export const momentTemplate: ViewTemplate<Builder> = html<Builder>`${when(
  (builder) => builder.draft.goal === "market" || hasTime(builder),
  fieldTemplate,
)}`;
