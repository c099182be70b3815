/**
 * How one setting looks: label, input, what there is to say about it, hint.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { focusSoon } from "../focus.ts";
import { present } from "../present.ts";
import { errorDetails } from "../problem/problem.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";
import { enterValue, fieldId, type FieldState, leaveField } from "./field-state.ts";

const textOf = (field: FieldState) => texts.fields[field.name];

const isWrong = ({ finding, problem }: FieldState) => problem !== undefined || finding?.severity === "error";

function inputType({ isSecret, isRevealed }: FieldState): string {
  return isSecret && !isRevealed ? "password" : "text";
}

function reveal(field: FieldState): void {
  field.isRevealed = !field.isRevealed;
}

function takeCorrection(field: FieldState, correction: string): void {
  enterValue(field, correction);
  leaveField(field);
  focusSoon(fieldId(field));
}

const revealButton = html<FieldState>`
  <button
    type="button"
    class="reveal inline-action"
    aria-label="${({ isRevealed }) => (isRevealed ? texts.connect.concealSecret : texts.connect.revealSecret)}"
    @click="${reveal}"
  >
    ${({ isRevealed }) => (isRevealed ? texts.connect.conceal : texts.connect.reveal)}
  </button>
`;

const correctionTemplate = html<string, FieldState>`
  <fluent-button
    size="small"
    class="correction"
    @click="${(correction, { parent }) => takeCorrection(parent, correction)}"
  >
    ${(correction) => texts.connect.use(correction)}
  </fluent-button>
`;

const findingTemplate = html<Finding, FieldState>`
  <p class="${({ severity }) => severity}">${({ text }) => text}</p>
`;

const problemTemplate = html<KalError, FieldState>`
  <p class="error">${({ message, hint }) => `${message} ${hint}`}</p>
  ${errorDetails}
`;

/** What the fields belong to. */
export interface FieldsView {
  /** Nothing is changed while an answer is awaited. */
  readonly waitingFor: unknown;
}

/** The hint stays while there is something else to say: it tells what the value should be. */
export const fieldTemplate = <View extends FieldsView>() => html<FieldState, View>`
  <div class="field" ?hidden="${({ isAsked }) => !isAsked}">
    <label for="${fieldId}">${(field) => textOf(field).label}</label>
    <div class="box">
      <input
        id="${fieldId}"
        name="${({ name }) => name}"
        type="${inputType}"
        class="${({ name }) => (name === "apiBaseUrl" || name === "label" ? "" : "code")}"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby="${(field) => `${fieldId(field)}-messages ${fieldId(field)}-hint`}"
        aria-invalid="${(field) => (isWrong(field) ? "true" : "false")}"
        ?readonly="${({ fixedValue }, { parent }) => fixedValue !== undefined || parent.waitingFor !== undefined}"
        :value="${({ fixedValue, value }) => fixedValue ?? value}"
        @input="${(field, { event }) => {
          const input = event.target as HTMLInputElement;
          input.value = enterValue(field, input.value);
        }}"
        @change="${leaveField}"
      />
      ${when(({ isSecret }) => isSecret, revealButton)}
    </div>
    <div class="messages" id="${(field) => `${fieldId(field)}-messages`}" aria-live="polite">
      ${present(({ finding }: FieldState) => finding, findingTemplate)}
      ${present(({ finding }: FieldState) => finding?.correction, correctionTemplate)}
      ${present(({ problem }: FieldState) => problem, problemTemplate)}
    </div>
    <p class="hint" id="${(field) => `${fieldId(field)}-hint`}">
      ${(field) => (field.fixedValue === undefined ? textOf(field).hint : texts.connect.fixedTenant)}
    </p>
  </div>
`;
