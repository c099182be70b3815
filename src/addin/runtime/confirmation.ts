/**
 * A question that a person answers in the pane before a command goes on.
 * @module
 */
import { createEmitter } from "./emitter.ts";

/** What the command will do if it goes on. */
export interface Question {
  readonly command: "convertWorkbook";
  /** Formulas that it will change. */
  readonly count: number;
}

export interface Confirmation {
  /** Shows the pane with the question, in place of an earlier one. */
  readonly ask: (question: Question, proceed: () => void) => Promise<void>;
  readonly question: () => Question | undefined;
  readonly answer: (isAllowed: boolean) => void;
  /** Calls back when there is a question, and when it was answered. @returns a function that ends it */
  readonly onChange: (listener: () => void) => () => void;
}

export function createConfirmation(): Confirmation {
  const changes = createEmitter();
  let asked: { readonly question: Question; readonly proceed: () => void } | undefined;

  function change(next: typeof asked): void {
    asked = next;
    changes.emit();
  }

  return {
    async ask(question, proceed) {
      change({ question, proceed });
      await Office.addin?.showAsTaskpane?.();
    },
    question: () => asked?.question,
    answer(isAllowed) {
      const before = asked;
      change(undefined);
      if (isAllowed) before?.proceed();
    },
    onChange: changes.on,
  };
}
