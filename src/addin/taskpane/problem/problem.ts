/**
 * Template of an error: what happened, what to do, and behind “Details” what support needs.
 * @module
 */
import { html, type ViewTemplate, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { errorText } from "../../runtime/excel-error.ts";
import { announce } from "../common/announce.ts";
import { copyText } from "../common/copy-text.ts";
import { present } from "../common/present.ts";
import { texts } from "../texts/pane.ts";
import "./problem.css";

export interface Problem {
  /** Id of the message on the page, for moving the focus. */
  readonly id: string;
  readonly error: KalError;
  /** Repeats the failed action. */
  readonly retry?: () => void;
}

/** The button itself shows the result. */
async function copyDetails(error: KalError, button: HTMLElement): Promise<void> {
  const words = (await copyText(errorText(error))) ? texts.copied : texts.notCopied;
  button.textContent = words;
  announce(words);
}

/** The lines below a message, the same in a box and next to a field: what only support needs is folded away. */
export const errorDetails: ViewTemplate<KalError> = html<KalError>`
  ${when(
    (error) => error.retryAfter,
    html<KalError>`<p>${(error) => texts.problem.retryAfter(error.retryAfter ?? 0)}</p>`,
  )}
  <details class="support">
    <summary>${texts.problem.details}</summary>
    <p>${texts.problem.code} <code>${({ code }) => code}</code></p>
    ${when(
      ({ requestId }) => requestId,
      html<KalError>`<p>${texts.problem.requestId} <code>${({ requestId }) => requestId}</code></p>`,
    )}
    <button
      type="button"
      class="inline-action"
      @click="${(error, { event }) => void copyDetails(error, event.currentTarget as HTMLElement)}"
    >
      ${texts.problem.copyDetails}
    </button>
  </details>
`;

export const problemTemplate: ViewTemplate<Problem> = html<Problem>`
  <fluent-message-bar id="${({ id }) => id}" class="problem" intent="error" role="alert" tabindex="-1">
    <p class="problem-message">${({ error }) => error.message}</p>
    <p>${({ error }) => error.hint}</p>
    ${present(({ error }: Problem) => error, errorDetails)}
    ${when(
      ({ error, retry }) => retry && error.retryable,
      html<Problem>`
        <fluent-button class="retry" size="small" @click="${({ retry }) => retry?.()}">
          ${texts.problem.retry}
        </fluent-button>
      `,
    )}
  </fluent-message-bar>
`;
