/**
 * Template for the choice of data: connection, collection, and variant or type.
 * @module
 */
import { runtime } from "../../addin.ts";
import { html, repeat, when } from "@microsoft/fast-element";
import { texts } from "../texts/builder.ts";
import { focusSoon } from "../common/focus.ts";
import { type Builder, collectionId, type Collections, dataLineId, isFolding } from "./builder.ts";
import { chooseCollection, chooseConnection, chooseKind } from "./slice-choices.ts";
import { expressionTemplate } from "./expression-template.ts";
import { type Choice, type Option, optionsOf } from "./options.ts";
import { selectField } from "./select-template.ts";

const words = texts.slice;

const options = (offered: readonly Choice[], chosen: string) => optionsOf(offered, chosen, words.notListed);

function connectionOptions({ draft }: Builder): Option[] {
  const own = { value: "", label: words.own(runtime.session.current()?.label ?? "") };
  const held = runtime.session.all().map(({ name, label }) => ({ value: name, label: `${label} (${name})` }));
  return options([own, ...held], draft.connection);
}

/** With one connection there is no choice. */
const hasConnections = ({ draft }: Builder) => draft.connection !== "" || runtime.session.all().length > 1;

const collectionOptions = ({ collections = [], draft }: Builder) =>
  options(
    collections.map(({ name, label }) => ({ value: name, label: words.labels.get(name) ?? label })),
    draft.collection,
  );

const found = ({ collections, draft }: Builder) => collections?.find(({ name }) => name === draft.collection);

function kindOptions(builder: Builder): Option[] {
  const { variants = [], entityTypes = [] } = found(builder) ?? {};
  const kinds = [...variants, ...entityTypes].map((value) => ({ value, label: value }));
  return options([{ value: "", label: words.all }, ...kinds], builder.draft.kind);
}

const connectionTemplate = selectField(words.connection, {
  id: "builder-connection",
  options: connectionOptions,
  choose: chooseConnection,
});

const collectionTemplate = selectField(words.collection, {
  id: collectionId,
  describedBy: "collection-hint",
  options: collectionOptions,
  choose: chooseCollection,
});

const isTyped = (builder: Builder) => (found(builder)?.entityTypes.length ?? 0) > 0;

const kindTemplate = selectField((builder) => (isTyped(builder) ? words.type : words.kind), {
  id: "builder-kind",
  options: kindOptions,
  choose: chooseKind,
  isLocked: ({ draft }) => draft.queryProblem !== undefined,
});

/** The variant is part of the query. If Excel calculates the query, there is no choice. */
const hasKind = (builder: Builder) =>
  builder.draft.collection !== "" && (isTyped(builder) || builder.draft.expressions.query === undefined);

const choicesTemplate = html<Builder>`
  ${when(hasConnections, connectionTemplate)}
  <div class="pair">${collectionTemplate} ${when(hasKind, kindTemplate)}</div>
  <p class="hint" id="collection-hint">${({ draft }) => words.collections.get(draft.collection) ?? ""}</p>
`;

type Collection = Collections[number];

/** The pressed button has disappeared. */
function begin(builder: Builder, { name }: Collection): void {
  chooseCollection(builder, name);
  focusSoon(isFolding(builder) ? dataLineId : collectionId);
}

const beginningTemplate = html<Builder>`
  ${when(hasConnections, connectionTemplate)}
  <h3>${words.nothing}</h3>
  <ul class="collections">
    ${repeat(
      ({ collections = [] }: Builder) => collections,
      html<Collection, Builder>`
        <li>
          <button
            type="button"
            class="collection"
            @click="${(collection, { parent }) => begin(parent, collection)}"
          >
            ${({ name, label }) => words.labels.get(name) ?? label}
            <span class="detail">${({ name }) => words.collections.get(name) ?? ""}</span>
          </button>
        </li>
      `,
    )}
  </ul>
  ${({ queries }) => queries}
`;

/** The filters, once their code is loaded. */
export const filtersPlace = html<Builder>`${({ parts, draft }) =>
  draft.goal === "market" ? undefined : parts?.filters}`;

/** What is chosen, in one line. */
function summaryOf(builder: Builder): string {
  const { draft } = builder;
  const { label = draft.collection } = found(builder) ?? {};
  return [
    words.labels.get(draft.collection) ?? label,
    hasKind(builder) && (draft.kind === "" ? words.all : draft.kind),
    draft.expressions.query ?? words.filters(draft.filters.length),
  ]
    .filter(Boolean)
    .join(" · ");
}

const foldedTemplate = html<Builder>`
  <details
    id="data"
    :open="${({ isDataOpen }) => isDataOpen}"
    @toggle="${(builder, { event }) => {
      builder.isDataOpen = (event.target as HTMLDetailsElement).open;
    }}"
  >
    <summary id="${dataLineId}">
      <h3>${words.heading}</h3>
      <span class="hint">${summaryOf}</span>
    </summary>
    <div>${choicesTemplate} ${filtersPlace}</div>
  </details>
`;

const openTemplate = html<Builder>`
  <section class="part" aria-labelledby="slice-heading">
    <h3 id="slice-heading" class="visually-hidden">${words.heading}</h3>
    ${when(
      ({ draft }: Builder) => draft.expressions.collection === undefined,
      html<Builder>`${when(
        ({ draft }: Builder) => draft.collection === "",
        beginningTemplate,
        choicesTemplate,
      )}`,
      expressionTemplate("collection"),
    )}
  </section>
`;

/** A market has no choice of data but its connection. */
const marketTemplate = html<Builder>`${when(hasConnections, connectionTemplate)}`;

const isMarket = ({ draft }: Builder) => draft.goal === "market";

export const sliceTemplate = html<Builder>`${when(
  isMarket,
  marketTemplate,
  html<Builder>`${when(isFolding, foldedTemplate, openTemplate)}`,
)}`;
