/**
 * Template of one setting: label, input, messages, hint.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { focusSoon } from "../common/focus.ts";
import { present } from "../common/present.ts";
import { errorDetails } from "../problem/problem.ts";
import { texts } from "../texts/connect.ts";
import { today } from "../common/times.ts";
import type { Finding } from "./checks.ts";
import { enterUnreadable, enterValue, fieldId, type FieldState, leaveField } from "./field-state.ts";
import type { FieldName } from "./fields.ts";

/** Fields that are not ids or codes, so not monospaced. */
const plain: readonly FieldName[] = ["apiBaseUrl", "label", "secretExpires"];

const textOf = (field: FieldState) => texts.fields[field.name];

const isWrong = ({ finding, problem }: FieldState) => problem !== undefined || finding?.severity === "error";

function inputType({ isSecret, isRevealed, isDate }: FieldState): string {
  if (isDate) return "date";
  return isSecret && !isRevealed ? "password" : "text";
}

function enter(field: FieldState, input: HTMLInputElement): void {
  // Writing to an incomplete date would clear it.
  if (input.validity.badInput) return enterUnreadable(field);
  const value = enterValue(field, input.value);
  if (input.value !== value) input.value = value;
}

/** A date input changes with every digit of the year, so it is checked only when the person leaves it. */
function change(field: FieldState): void {
  if (!field.isDate) leaveField(field);
}

/** Browsers raise no event for an incomplete date. */
function look(field: FieldState, input: HTMLInputElement): void {
  if (field.isDate && input.validity.badInput !== field.isUnreadable) enter(field, input);
}

function blur(field: FieldState, input: HTMLInputElement): void {
  look(field, input);
  if (field.isDate && field.isTouched) leaveField(field);
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

/**
 * The hint stays visible beside messages, because it says what the value should be.
 * @param isWaiting whether a request is in progress: then the fields are read-only
 */
export const fieldTemplate = <View>(isWaiting: (view: View) => boolean = () => false) => html<
  FieldState,
  View
>`
  <div class="field" ?hidden="${({ isAsked }) => !isAsked}">
    <label for="${fieldId}">${(field) => textOf(field).label}</label>
    <div class="box">
      <input
        id="${fieldId}"
        name="${({ name }) => name}"
        type="${inputType}"
        class="${({ name }) => (plain.includes(name) ? "" : "code")}"
        min="${({ isDate }) => (isDate ? today() : null)}"
        max="${({ isDate }) => (isDate ? "9999-12-31" : null)}"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby="${(field) => `${fieldId(field)}-messages ${fieldId(field)}-hint`}"
        aria-invalid="${(field) => (isWrong(field) ? "true" : "false")}"
        ?readonly="${({ fixedValue }, { parent }) => fixedValue !== undefined || isWaiting(parent)}"
        :value="${({ fixedValue, value }) => fixedValue ?? value}"
        @input="${(field, { event }) => enter(field, event.target as HTMLInputElement)}"
        @change="${change}"
        @keyup="${(field, { event }) => look(field, event.target as HTMLInputElement)}"
        @blur="${(field, { event }) => blur(field, event.target as HTMLInputElement)}"
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
