/**
 * What the offers of the connection's section share: one thing is put into the workbook at a time, and what came of it
 * is told.
 * @module
 */
import { html, type ViewTemplate } from "@microsoft/fast-element";
import { reasonOf } from "../common/reason-of.ts";

export interface Insertion {
  isInserting: boolean;
  /** What came of the last action. */
  outcome: string;
  readonly insert: () => Promise<void>;
}

interface Words {
  readonly inserting: string;
  readonly refused: (reason: string) => string;
}

/** @param work gives what to say once it is done; what it throws is said as well. */
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
