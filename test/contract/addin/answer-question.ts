/**
 * The person who answers the pane's question, as a command: so Excel waits for what comes of it, and ends it with the
 * runtime.
 * @module
 */
import type { Runtime } from "../../../src/addin/runtime/runtime.ts";

/** Associates `allow`, which allows what was asked. */
export function answerByCommand({ confirmation }: Runtime): void {
  Office.actions.associate(
    "allow",
    (event?: { completed(): void }) => void confirmation.answer(true).then(() => event?.completed()),
  );
}
