/**
 * A question that a person must answer in the pane before a command continues.
 * @module
 */
import { createEmitter } from "./emitter.ts";

/** The command that waits for the answer. */
export interface Question {
  readonly command: "convertSheet" | "convertWorkbook";
  /** Numbers of formulas and of tables that it will change. */
  readonly formulas: number;
  readonly tables: number;
}

export interface Confirmation {
  /** Shows the pane with the question; replaces an earlier one. */
  readonly ask: (question: Question, proceed: () => void) => Promise<void>;
  readonly question: () => Question | undefined;
  readonly answer: (isAllowed: boolean) => void;
  /** Calls back when a question is asked or answered. @returns a function that stops this */
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
