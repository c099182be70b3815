/**
 * Template of a market: own sites, products and a moment.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { texts } from "../../texts/beside.ts";
import type { Builder } from "../builder.ts";
import { momentTemplate } from "../beside/moment-template.ts";
import { isGiven } from "../beside/source.ts";
import { sourceTemplate } from "../beside/source-template.ts";

const words = texts.market;

const sourcePart = (name: "site" | "product", heading: string) => html<Builder>`
  <section class="part" aria-labelledby="${name}-heading">
    <h3 id="${name}-heading">${heading}</h3>
    ${repeat(({ draft }: Builder) => [draft[name]], sourceTemplate)}
  </section>
`;

export const marketTemplate = html<Builder>`
  ${sourcePart("site", words.sites)} ${sourcePart("product", words.products)}
  ${when(({ draft }: Builder) => !isGiven(draft.product), html`<p class="hint">${words.allProducts}</p>`)}
  ${momentTemplate}
`;
