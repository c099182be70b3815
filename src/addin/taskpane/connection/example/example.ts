/**
 * The button for the example sheet, and its result.
 * @module
 */
import { html } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { runtime } from "../../../addin.ts";
import { texts } from "../../texts/connection.ts";
import { insertButton, insertOnce, type Insertion } from "../insertion.ts";
import { loadCode } from "../../../runtime/load-code.ts";

const words = texts.example;

/** @param connection name of the connection to sample data */
export function createExample(connection: string): Insertion {
  const view: Insertion = reactive<Insertion>({
    isInserting: false,
    outcome: "",

    insert: () =>
      insertOnce(view, words, async () => {
        const isOwn = runtime.session.current()?.name === connection;
        const { insertExample } = await loadCode(() => import("./insert-example.ts"));
        return words.inserted(await insertExample(isOwn ? undefined : connection, words.sheet.name));
      }),
  });
  return view;
}

export const exampleTemplate = html<Insertion>`
  <section class="card" aria-labelledby="example-heading">
    <h2 id="example-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    <div class="actions">${insertButton(words.insert)}</div>
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
  </section>
`;
