/**
 * The available fields: a list to search and tick.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { shorten } from "../../../../kalibrate/shorten.ts";
import { focusSoon } from "../../common/focus.ts";
import { texts } from "../../texts/builder-parts.ts";
import type { Builder } from "../builder.ts";
import { tickField, toggleReference } from "../choices.ts";
import { collectionPath } from "../draft.ts";
import { readable } from "../preview/readable-value.ts";
import { listFields, type OfferedField, usualFields } from "./field-list.ts";

const words = texts.fields;

export const searchId = "search-fields";

function offered(builder: Builder): OfferedField[] {
  const { draft, fields, expanded, search } = builder;
  const collection = collectionPath(draft);
  return listFields({
    collection,
    usual: usualFields(draft.collection),
    fieldsOf: (name) => fields.known.get(name),
    expanded,
    search,
  });
}

const typeWord = ({ type }: OfferedField) => (type === undefined ? "" : words.types[type]);

/** The line below a field's label: its name and an example. */
function detailsOf(field: OfferedField): string {
  // The id of another record means nothing to people.
  const example = field.refersTo === "" ? readable(field.example, field.type) : "";
  const shown = example === "" ? "" : words.example(shorten(example, 40));
  return [field.path, typeWord(field), shown].filter(Boolean).join(" · ");
}

const offeredTemplate = html<OfferedField, Builder>`
  <li class="${({ depth }) => `offered depth-${depth}`}">
    <label>
      <input
        type="checkbox"
        :checked="${({ path }, { parent }) => parent.draft.fields.includes(path)}"
        @change="${({ path }, { event, parent }) =>
          tickField(parent, path, (event.target as HTMLInputElement).checked)}"
      />
      <span>
        ${({ label }) => label}
        ${when(
          ({ isUsual }: OfferedField, { parent }: { parent: Builder }) =>
            isUsual && parent.draft.fields.length === 0,
          html`<span class="usual">${words.usual}</span>`,
        )}
        <span class="detail">${detailsOf}</span>
      </span>
    </label>
    ${when(
      ({ refersTo }: OfferedField, { parent }: { parent: Builder }) =>
        refersTo !== "" && parent.search === "",
      html<OfferedField, Builder>`
        <button
          type="button"
          class="icon-button"
          aria-label="${({ label }) => words.show(label)}"
          aria-expanded="${({ path }, { parent }) => (parent.expanded.has(path) ? "true" : "false")}"
          @click="${({ path, refersTo }, { parent }) => toggleReference(parent, path, refersTo)}"
        >
          ${({ path }, { parent }) => (parent.expanded.has(path) ? "▾" : "▸")}
        </button>
      `,
    )}
  </li>
`;

/** The service may know a field that the list does not, so a valid unknown name can be added. */
const isUsable = ({ search, draft }: Builder) =>
  /^[A-Za-z_]\w*(\.\w+)*$/.test(search.trim()) && !draft.fields.includes(search.trim());

/** The button disappears when it is pressed. */
function addUnlisted(builder: Builder): void {
  tickField(builder, builder.search.trim(), true);
  focusSoon(searchId);
}

const unlistedTemplate = html<Builder>`
  <p class="hint">${({ search }) => words.nothingFound(search)}</p>
  ${when(
    isUsable,
    html<Builder>`
      <button type="button" class="inline-action" @click="${addUnlisted}">
        ${({ search }) => words.use(search.trim())}
      </button>
    `,
  )}
`;

export const offeredListTemplate = html<Builder>`
  <div class="field">
    <label for="${searchId}" class="visually-hidden">${words.search}</label>
    <input
      id="${searchId}"
      type="search"
      placeholder="${words.search}"
      autocomplete="off"
      spellcheck="false"
      :value="${({ search }) => search}"
      @input="${(builder, { event }) => {
        builder.search = (event.target as HTMLInputElement).value;
      }}"
    />
  </div>
  <p class="visually-hidden" role="status">
    ${(builder) => (builder.search === "" ? "" : words.found(offered(builder).length))}
  </p>
  <ul class="offered-fields" aria-label="${words.available}">
    ${repeat(offered, offeredTemplate)}
  </ul>
  ${when((builder: Builder) => builder.search !== "" && offered(builder).length === 0, unlistedTemplate)}
`;
