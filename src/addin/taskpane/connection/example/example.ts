/**
 * The offer of the example sheet, and what came of it.
 * @module
 */
import { html } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { texts } from "../../texts/connection.ts";
import { insertExample } from "./insert-example.ts";

const words = texts.example;

export interface Example {
  isInserting: boolean;
  /** What came of the last time. */
  outcome: string;
  readonly insert: () => Promise<void>;
}

/** @param connection name of the connection to sample data */
export function createExample(connection: string): Example {
  const view: Example = reactive<Example>({
    isInserting: false,
    outcome: "",

    async insert() {
      if (view.isInserting) return;
      view.isInserting = true;
      view.outcome = words.inserting;
      try {
        view.outcome = words.inserted(await insertExample(connection, words.sheet.name));
      } catch (error) {
        view.outcome = words.refused(error instanceof Error ? error.message : String(error));
      } finally {
        view.isInserting = false;
      }
    },
  });
  return view;
}

export const exampleTemplate = html<Example>`
  <section class="card" aria-labelledby="example-heading">
    <h2 id="example-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    <div class="actions">
      <fluent-button
        appearance="primary"
        ?disabled-focusable="${({ isInserting }) => isInserting}"
        @click="${(view) => void view.insert()}"
      >
        ${words.insert}
      </fluent-button>
    </div>
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
  </section>
`;
