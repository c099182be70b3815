/**
 * The state of one setting in a form: its value and the messages about it.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";
import { cleanPastedValue } from "./clean-pasted-value.ts";
import { type Field, maxValueChars } from "./fields.ts";

export interface FieldState extends Field {
  /** Name of its connection, if the page shows several. */
  readonly of?: string | undefined;
  /** Called after the person has left the field and the value was checked. */
  readonly onLeft?: ((state: FieldState) => void) | undefined;
  value: string;
  /** Whether the person has changed the value. */
  isTouched: boolean;
  /** The value set by the environment, which cannot be changed. */
  fixedValue: string | undefined;
  /** Whether the field is shown. */
  isAsked: boolean;
  /** Whether the input contains an incomplete date; the value is then the previous one. */
  isUnreadable: boolean;
  /** Whether a secret is shown in clear text. */
  isRevealed: boolean;
  finding: Finding | undefined;
  /** The gateway's error about this value. */
  problem: KalError | undefined;
}

/** Id of its input on the page. */
export const fieldId = ({ name, of }: FieldState) =>
  of === undefined ? `field-${name}` : `field-${name}-${of}`;

export interface FieldOptions extends Pick<FieldState, "of" | "onLeft"> {
  readonly value?: string | undefined;
}

export function createFieldState(field: Field, { value = "", of, onLeft }: FieldOptions = {}): FieldState {
  return reactive<FieldState>({
    ...field,
    of,
    onLeft,
    value,
    isUnreadable: false,
    isTouched: false,
    fixedValue: undefined,
    isAsked: true,
    isRevealed: false,
    finding: undefined,
    problem: undefined,
  });
}

/**
 * Sets a typed or pasted value. Text that cannot be a setting is rejected: it would slow the pane down and replace the
 * previous value.
 * @returns the value now in the field.
 */
export function enterValue(state: FieldState, text: string): string {
  state.isTouched = true;
  state.isUnreadable = false;
  state.problem = undefined;
  if (text.length > maxValueChars) {
    state.finding = { severity: "error", text: texts.checks.tooLong(text.length) };
  } else {
    state.finding = undefined;
    state.value = text;
  }
  return state.value;
}

/**
 * Records that a date is incomplete or impossible, such as 31 February: the browser then gives the input an empty
 * value.
 */
export function enterUnreadable(state: FieldState): void {
  state.isTouched = true;
  state.isUnreadable = true;
  state.finding = undefined;
}

/** When the person leaves the field: cleans and checks the value. An empty field is not an error yet. */
export function leaveField(state: FieldState): void {
  checkField(state);
  state.onLeft?.(state);
}

function checkField(state: FieldState): void {
  if (state.isUnreadable) {
    state.finding = { severity: "error", text: texts.checks.noDay };
    return;
  }
  const value = cleanPastedValue(state.value);
  // A message about a rejected text stays until something else is entered.
  if (value === "" && state.finding) return;
  state.value = value;
  if (value !== "") state.finding = state.check(value);
}

/**
 * When the form is submitted: as when leaving, but required values must be present. @returns whether the value may be
 * sent.
 */
export function completeField(state: FieldState): boolean {
  if (!state.isAsked || state.fixedValue !== undefined) return true;
  checkField(state);
  if (state.value === "" && !state.isOptional)
    state.finding ??= { severity: "error", text: texts.fields[state.name].missing };
  return state.finding?.severity !== "error";
}

/** Shows the gateway's error about the value instead of our own finding. */
export function refuseValue(state: FieldState, error: KalError): void {
  state.problem = error;
  state.finding = undefined;
}
