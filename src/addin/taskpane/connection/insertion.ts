/**
 * Shared by the insertions of this section: one at a time, with a message about the result.
 * @module
 */
import { html, type ViewTemplate } from "@microsoft/fast-element";
import { reasonOf } from "../common/reason-of.ts";

export interface Insertion {
  isInserting: boolean;
  /** Result of the last action. */
  outcome: string;
  readonly insert: () => Promise<void>;
}

interface Words {
  readonly inserting: string;
  readonly refused: (reason: string) => string;
}

/** @param work returns the message for success; its error is shown as well. */
export async function insertOnce(view: Insertion, words: Words, work: () => Promise<string>): Promise<void> {
  if (view.isInserting) return;
  view.isInserting = true;
  view.outcome = words.inserting;
  try {
    view.outcome = await work();
  } catch (error) {
    view.outcome = words.refused(reasonOf(error));
  } finally {
    view.isInserting = false;
  }
}

export const insertButton = <Offer extends Insertion>(
  label: string | ((view: Offer) => string),
): ViewTemplate<Offer> => html<Offer>`
  <fluent-button
    appearance="primary"
    ?disabled-focusable="${({ isInserting }) => isInserting}"
    @click="${(view) => void view.insert()}"
  >
    ${label}
  </fluent-button>
`;
