/**
 * One setting while it is being entered: what stands in it and what there is to say about it.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { texts } from "../texts/connect.ts";
import type { Finding } from "./checks.ts";
import { cleanPastedValue } from "./clean-pasted-value.ts";
import { type Field, maxValueChars } from "./fields.ts";

export interface FieldState extends Field {
  /** Name of the connection it belongs to, where several are on the page. */
  readonly of?: string | undefined;
  /** Called when the person has moved on, and the value is checked. */
  readonly onLeft?: ((state: FieldState) => void) | undefined;
  value: string;
  /** Whether the person has changed it. */
  isTouched: boolean;
  /** The value that the environment sets and nobody can change. */
  fixedValue: string | undefined;
  /** Whether it is asked for at all. */
  isAsked: boolean;
  /** Whether what stands there is a date that is none yet; the value is the one before. */
  isUnreadable: boolean;
  /** A secret that is shown in clear for a moment. */
  isRevealed: boolean;
  finding: Finding | undefined;
  /** What the gateway said about this value. */
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
 * Takes what was typed or pasted. What cannot be a setting is left out, so that the pane stays quick and what
 * stood there before is not lost.
 * @returns the value that now stands in the field.
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

/** Takes note that a date is half typed, or none such as 31 February: its input then has no value at all. */
export function enterUnreadable(state: FieldState): void {
  state.isTouched = true;
  state.isUnreadable = true;
  state.finding = undefined;
}

/** When the person moves on: cleans the value and checks it; an empty field is no mistake yet. */
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
  // What was said about a value that was left out stays until something else is entered.
  if (value === "" && state.finding) return;
  state.value = value;
  if (value !== "") state.finding = state.check(value);
}

/** When the form is sent: as when leaving, and nothing may be missing. @returns whether the value may be sent. */
export function completeField(state: FieldState): boolean {
  if (!state.isAsked || state.fixedValue !== undefined) return true;
  checkField(state);
  if (state.value === "" && !state.isOptional)
    state.finding ??= { severity: "error", text: texts.fields[state.name].missing };
  return state.finding?.severity !== "error";
}

/** Takes what the gateway says about the value, in the place of what was only supposed. */
export function refuseValue(state: FieldState, error: KalError): void {
  state.problem = error;
  state.finding = undefined;
}
