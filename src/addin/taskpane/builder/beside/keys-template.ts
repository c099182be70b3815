/**
 * Template of the keys of a lookup: what is searched by, and for.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { texts } from "../../texts/beside.ts";
import type { Builder } from "../builder.ts";
import { expressionTemplate } from "../expression-template.ts";
import { iconButtonTemplate } from "../icon-button-template.ts";
import { optionsOf } from "../options.ts";
import { propertyChoices } from "../properties.ts";
import { selectTemplate } from "../select-template.ts";
import { addKey, addKeyId, chooseKey, keyId, removeKey } from "./choices.ts";
import type { Source } from "./source.ts";
import { sourceTemplate } from "./source-template.ts";

const words = texts.keys;

const fieldTemplate = selectTemplate<Source, Builder>({
  id: keyId,
  label: words.field,
  options: ({ property }, { parent }) =>
    optionsOf([{ value: "", label: words.chooseField }, ...propertyChoices(parent)], property),
  choose: (key, property, builder) => chooseKey(builder, key, property),
});

const removeButton = iconButtonTemplate<Source, Builder>({
  sign: "✕",
  label: ({ property }) => words.remove(property),
  press: (key, builder) => removeKey(builder, key),
});

const keyTemplate = html<Source, Builder>`
  <li class="filter">
    ${fieldTemplate} ${removeButton} ${when(({ property }: Source) => property !== "", sourceTemplate)}
  </li>
`;

const listTemplate = html<Builder>`
  <p class="hint">${words.explained}</p>
  <fieldset>
    <legend class="visually-hidden">${words.heading}</legend>
    <ul class="filters">
      ${repeat(({ draft }: Builder) => draft.keys, keyTemplate, { recycle: false })}
    </ul>
    <button type="button" id="${addKeyId}" class="inline-action" @click="${addKey}">+ ${words.add}</button>
  </fieldset>
`;

export const keysTemplate = html<Builder>`
  <section class="part" aria-labelledby="keys-heading">
    <h3 id="keys-heading">${words.heading}</h3>
    ${when(
      ({ draft }: Builder) => draft.expressions.keys === undefined,
      listTemplate,
      expressionTemplate("keys"),
    )}
  </section>
`;
