/**
 * Which data: connection, collection, and the variant or type.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { currentConnection, heldConnections } from "../../runtime/session/session.ts";
import { texts } from "../texts/builder.ts";
import { focusSoon } from "../focus.ts";
import { type Builder, collectionId, type Collections } from "./builder.ts";
import { chooseCollection, chooseConnection, chooseKind } from "./choices.ts";
import { expressionTemplate } from "./expression-template.ts";
import { type Choice, entered, type Option, optionsOf, optionTemplate } from "./options.ts";

const words = texts.slice;

const options = (offered: readonly Choice[], chosen: string) => optionsOf(offered, chosen, words.notListed);

function connectionOptions({ draft }: Builder): Option[] {
  const own = { value: "", label: words.own(currentConnection()?.label ?? "") };
  const held = heldConnections().map(({ name, label }) => ({ value: name, label: `${label} (${name})` }));
  return options([own, ...held], draft.connection);
}

/** With one connection there is nothing to choose. */
const hasConnections = ({ draft }: Builder) => draft.connection !== "" || heldConnections().length > 1;

const collectionOptions = ({ collections = [], draft }: Builder) =>
  options(
    collections.map(({ name, label }) => ({ value: name, label })),
    draft.collection,
  );

const found = ({ collections, draft }: Builder) => collections?.find(({ name }) => name === draft.collection);

function kindOptions(builder: Builder): Option[] {
  const { variants = [], entityTypes = [] } = found(builder) ?? {};
  const kinds = [...variants, ...entityTypes].map((value) => ({ value, label: value }));
  return options([{ value: "", label: words.all }, ...kinds], builder.draft.kind);
}

const connectionTemplate = html<Builder>`
  <div class="field">
    <label for="builder-connection">${words.connection}</label>
    <select
      id="builder-connection"
      @change="${(builder, { event }) => chooseConnection(builder, entered(event))}"
    >
      ${repeat(connectionOptions, optionTemplate)}
    </select>
  </div>
`;

const kindTemplate = html<Builder>`
  <div class="field">
    <label for="builder-kind">
      ${(builder) => ((found(builder)?.entityTypes.length ?? 0) > 0 ? words.type : words.kind)}
    </label>
    <select
      id="builder-kind"
      ?disabled="${({ draft }) => draft.queryProblem !== undefined}"
      @change="${(builder, { event }) => chooseKind(builder, entered(event))}"
    >
      ${repeat(kindOptions, optionTemplate)}
    </select>
  </div>
`;

/** A variant stands in the query; where Excel calculates that, there is nothing to choose. */
const hasKind = (builder: Builder) =>
  builder.draft.collection !== "" &&
  ((found(builder)?.entityTypes.length ?? 0) > 0 || builder.draft.expressions.query === undefined);

const choicesTemplate = html<Builder>`
  ${when(hasConnections, connectionTemplate)}
  <div class="pair">
    <div class="field">
      <label for="${collectionId}">${words.collection}</label>
      <select
        id="${collectionId}"
        aria-describedby="collection-hint"
        @change="${(builder, { event }) => chooseCollection(builder, entered(event))}"
      >
        ${repeat(collectionOptions, optionTemplate)}
      </select>
    </div>
    ${when(hasKind, kindTemplate)}
  </div>
  <p class="hint" id="collection-hint">${({ draft }) => words.collections[draft.collection] ?? ""}</p>
`;

type Collection = Collections[number];

/** The button that was pressed is gone. */
function begin(builder: Builder, { name }: Collection): void {
  chooseCollection(builder, name);
  focusSoon(collectionId);
}

const beginningTemplate = html<Builder>`
  ${when(hasConnections, connectionTemplate)}
  <p class="hint">${words.nothing}</p>
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
            ${({ label }) => label}
            <span class="detail">${({ name }) => words.collections[name] ?? ""}</span>
          </button>
        </li>
      `,
    )}
  </ul>
`;

export const sliceTemplate = html<Builder>`
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
