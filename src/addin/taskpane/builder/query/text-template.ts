/**
 * Template of the query's text, which can be edited as well.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { present } from "../../common/present.ts";
import { texts } from "../../texts/builder-parts.ts";
import type { Builder } from "../builder.ts";
import { editQueryText } from "../choices.ts";
import { queryTextId } from "../writing.ts";

const words = texts.text;

export const textTemplate = html<Builder>`
  ${when(
    ({ draft }: Builder) => draft.expressions.query === undefined,
    html<Builder>`
      <details
        :open="${({ isTextOpen }) => isTextOpen}"
        @toggle="${(builder, { event }) => {
          builder.isTextOpen = (event.target as HTMLDetailsElement).open;
        }}"
      >
        <summary>
          <h3>${words.heading}</h3>
          <span class="hint">${({ draft, isTextOpen }) => (isTextOpen ? "" : draft.queryText)}</span>
        </summary>
        <div class="field">
          <label for="${queryTextId}" class="visually-hidden">${words.label}</label>
          <textarea
            id="${queryTextId}"
            class="code"
            rows="3"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby="query-text-messages query-text-hint"
            aria-invalid="${({ draft }) => (draft.queryProblem ? "true" : "false")}"
            :value="${({ draft }) => draft.queryText}"
            @input="${(builder, { event }) =>
              editQueryText(builder, (event.target as HTMLTextAreaElement).value)}"
          ></textarea>
          <div class="messages" id="query-text-messages" role="status">
            ${present(
              ({ draft }: Builder) => draft.queryProblem,
              html<KalError>`<p class="error">${({ message, hint }) => `${message} ${hint}`}</p>`,
            )}
          </div>
          <p class="hint" id="query-text-hint">${words.hint}</p>
        </div>
      </details>
    `,
  )}
`;
