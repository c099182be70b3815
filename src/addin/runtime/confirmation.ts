/**
 * A question that a person must answer in the pane before a command continues.
 * @module
 */
import { createEmitter } from "./emitter.ts";

/** The command that waits for the answer. */
export interface Question {
  readonly command: "convertSelection" | "convertSheet" | "convertWorkbook";
  /** Numbers of formulas and of tables that it will change. */
  readonly formulas: number;
  readonly tables: number;
}

export interface Confirmation {
  /** Shows the pane with the question; replaces an earlier one. */
  readonly ask: (question: Question, proceed: () => Promise<void>) => Promise<void>;
  readonly question: () => Question | undefined;
  /** Resolves when the command, if allowed, has ended. */
  readonly answer: (isAllowed: boolean) => Promise<void>;
  /** Calls back when a question is asked or answered. @returns a function that stops this */
  readonly onChange: (listener: () => void) => () => void;
}

export function createConfirmation(): Confirmation {
  const changes = createEmitter();
  let asked: { readonly question: Question; readonly proceed: () => Promise<void> } | undefined;

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
    async answer(isAllowed) {
      const before = asked;
      change(undefined);
      if (isAllowed) await before?.proceed();
    },
    onChange: changes.on,
  };
}
