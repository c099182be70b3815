/**
 * How the columns are chosen: a list to search and tick, and the chosen ones in their order.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { findCollection } from "../../../../kalibrate/catalogue/collections.ts";
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { focusSoon } from "../../focus.ts";
import { type Problem, problemTemplate } from "../../problem/problem.ts";
import { present } from "../../present.ts";
import { skeletonTemplate } from "../../skeleton.ts";
import { texts } from "../../texts/builder.ts";
import type { Builder } from "../builder.ts";
import { moveField, tickField, toggleReference } from "../choices.ts";
import { collectionPath } from "../draft.ts";
import { expressionTemplate } from "../expression-template.ts";
import { readable } from "../preview/readable-value.ts";
import { listFields, type OfferedField } from "./field-list.ts";

const words = texts.fields;

const usualOf = ({ draft }: Builder) => findCollection(draft.collection)?.defaultColumns ?? [];

function offered(builder: Builder): OfferedField[] {
  const { draft, fields, expanded, search } = builder;
  const collection = collectionPath(draft);
  return listFields({
    collection,
    usual: usualOf(builder),
    fieldsOf: (name) => fields.known.get(name),
    expanded,
    search,
  });
}

const typeWord = ({ type }: OfferedField) => (type === undefined ? "" : words.types[type]);

/** What stands below a field's label: its name, and what it looks like. */
function detailsOf(field: OfferedField): string {
  // The id of another record says nothing to people.
  const example = field.refersTo === "" ? readable(field.example, field.type) : "";
  const shown =
    example === "" ? "" : words.example(example.length > 40 ? `${example.slice(0, 40)}…` : example);
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
        ${when(({ isUsual }: OfferedField) => isUsual, html`<span class="usual">${words.usual}</span>`)}
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

const moveId = (path: string, by: -1 | 1) => `column-${path}-${by < 0 ? "up" : "down"}`;

/** The button goes with the column, so that it can be pressed again. */
function move(builder: Builder, path: string, by: -1 | 1, focus: -1 | 1 = by): void {
  moveField(builder, path, by);
  focusSoon(moveId(path, focus));
}

function remove(builder: Builder, path: string): void {
  const { fields } = builder.draft;
  const next = fields[fields.indexOf(path) + 1] ?? fields[fields.indexOf(path) - 1];
  tickField(builder, path, false);
  focusSoon(next === undefined ? searchId : moveId(next, -1));
}

function moveByKey(builder: Builder, path: string, event: KeyboardEvent): boolean {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return true;
  const focus = (event.target as HTMLElement).id.endsWith("-down") ? 1 : -1;
  move(builder, path, event.key === "ArrowUp" ? -1 : 1, focus);
  return false;
}

const isAt =
  (end: "first" | "last") =>
  (path: string, { parent }: { parent: Builder }) =>
    (end === "first" ? parent.draft.fields[0] : parent.draft.fields.at(-1)) === path ? "true" : "false";

const chosenTemplate = html<string, Builder>`
  <li
    class="chosen"
    draggable="true"
    @dragstart="${(path, { event }) => drag(event as DragEvent, path)}"
    @dragover="${(_, { event }) => void event.preventDefault()}"
    @drop="${(path, { event, parent }) => drop(parent, event as DragEvent, path)}"
    @keydown="${(path, { event, parent }) => moveByKey(parent, path, event as KeyboardEvent)}"
  >
    <span>${labelOf}<span class="detail">${(path) => path}</span></span>
    <button
      type="button"
      class="icon-button"
      id="${(path) => moveId(path, -1)}"
      aria-label="${words.up}"
      aria-disabled="${isAt("first")}"
      @click="${(path, { parent }) => move(parent, path, -1)}"
    >
      ↑
    </button>
    <button
      type="button"
      class="icon-button"
      id="${(path) => moveId(path, 1)}"
      aria-label="${words.down}"
      aria-disabled="${isAt("last")}"
      @click="${(path, { parent }) => move(parent, path, 1)}"
    >
      ↓
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label="${words.remove}"
      @click="${(path, { parent }) => remove(parent, path)}"
    >
      ✕
    </button>
  </li>
`;

const dragged = "text/x-kal-column";

function drag(event: DragEvent, path: string): boolean {
  event.dataTransfer?.setData(dragged, path);
  return true;
}

/** Puts the dragged column where it was let go. */
function drop(builder: Builder, event: DragEvent, onto: string): void {
  const path = event.dataTransfer?.getData(dragged) ?? "";
  const { fields } = builder.draft;
  const places = fields.indexOf(onto) - fields.indexOf(path);
  if (!fields.includes(path)) return;
  for (let step = 0; step < Math.abs(places); step++) moveField(builder, path, places < 0 ? -1 : 1);
}

export const searchId = "search-fields";

const chosenListTemplate = html<Builder>`
  <p class="hint" id="chosen-heading">${words.chosen}</p>
  <ol class="chosen-fields" aria-labelledby="chosen-heading">
    ${repeat(({ draft }: Builder) => draft.fields, chosenTemplate)}
  </ol>
`;

const noneTemplate = html<Builder>`
  <p class="hint">
    ${words.none}
    ${(builder) =>
      usualOf(builder)
        .map((path) => labelOf(path))
        .join(", ")}.
  </p>
`;

/** A name that the fields do not know may be right all the same: only the records can tell. */
const unlistedTemplate = html<Builder>`
  <p class="hint">${({ search }) => words.nothingFound(search)}</p>
  ${when(
    ({ search }: Builder) => /^[A-Za-z_]\w*(\.\w+)*$/.test(search.trim()),
    html<Builder>`
      <button
        type="button"
        class="inline-action"
        @click="${(builder) => tickField(builder, builder.search.trim(), true)}"
      >
        ${({ search }) => words.use(search.trim())}
      </button>
    `,
  )}
`;

const listTemplate = html<Builder>`
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

const isKnown = ({ draft, fields }: Builder) => fields.known.has(collectionPath(draft));

const problemOf = ({ fields, draft, changed }: Builder): Problem | undefined =>
  fields.problem && !fields.known.has(collectionPath(draft))
    ? { id: "fields-problem", error: fields.problem, retry: changed }
    : undefined;

const choicesTemplate = html<Builder>`
  ${when(({ draft }: Builder) => draft.fields.length > 0, chosenListTemplate, noneTemplate)}
  ${present(problemOf, problemTemplate)}
  ${when(
    isKnown,
    listTemplate,
    html<Builder>`${when(({ fields }: Builder) => fields.isLoading, skeletonTemplate)}`,
  )}
`;

export const fieldsTemplate = html<Builder>`
  <section class="part" aria-labelledby="fields-heading">
    <h3 id="fields-heading">${words.heading}</h3>
    ${when(
      ({ draft }: Builder) => draft.expressions.fields === undefined,
      choicesTemplate,
      expressionTemplate("fields"),
    )}
  </section>
`;
