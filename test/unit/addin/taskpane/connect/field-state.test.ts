import { describe, expect, it } from "vitest";
import { KalError } from "../../../../../src/kalibrate/errors.ts";
import {
  completeField,
  createFieldState,
  enterUnreadable,
  enterValue,
  leaveField,
} from "../../../../../src/addin/taskpane/connect/field-state.ts";
import {
  type FieldName,
  expiryField,
  labelField,
  maxValueChars,
  requiredFields,
} from "../../../../../src/addin/taskpane/connect/fields.ts";
import { texts } from "../../../../../src/addin/taskpane/texts/connect.ts";

const guid = "3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890";
const fields = [...requiredFields, expiryField, labelField];
const stateOf = (name: FieldName) => createFieldState(fields.find((field) => field.name === name)!);

describe("a field while it is entered", () => {
  it("says nothing while somebody types or leaves it empty", () => {
    const state = stateOf("clientId");
    enterValue(state, "3f2b");
    expect(state.finding).toBeUndefined();
    enterValue(state, "");
    leaveField(state);
    expect(state.finding).toBeUndefined();
  });

  it("is cleaned and checked when it is left", () => {
    const state = stateOf("clientId");
    enterValue(state, ` "${guid}" `);
    leaveField(state);
    expect(state).toMatchObject({ value: guid, finding: undefined });
    enterValue(state, "me");
    leaveField(state);
    expect(state.finding?.severity).toBe("error");
  });

  it("forgets what was said about the value before", () => {
    const state = stateOf("clientSecret");
    state.problem = new KalError("KAL_SECRET_INVALID");
    enterValue(state, "a");
    expect(state.problem).toBeUndefined();
  });

  it("keeps what stood there when far too much is pasted", () => {
    const state = stateOf("scope");
    enterValue(state, "api://x/.default");
    expect(enterValue(state, "x".repeat(maxValueChars + 1))).toBe("api://x/.default");
    expect(state.finding).toEqual({ severity: "error", text: texts.checks.tooLong(maxValueChars + 1) });
    expect(enterValue(state, "x".repeat(maxValueChars))).toHaveLength(maxValueChars);
  });

  it("still says so about an empty field when it is left", () => {
    const state = stateOf("scope");
    enterValue(state, "x".repeat(maxValueChars + 1));
    leaveField(state);
    expect(state.finding?.text).toBe(texts.checks.tooLong(maxValueChars + 1));
  });

  it("must be there when the form is sent", () => {
    const state = stateOf("clientSecret");
    expect(completeField(state)).toBe(false);
    expect(state.finding?.text).toBe(texts.fields.clientSecret.missing);
  });

  it("passes with a warning", () => {
    const state = stateOf("clientSecret");
    enterValue(state, guid);
    expect(completeField(state)).toBe(true);
    expect(state.finding?.severity).toBe("warning");
  });

  it("a date that is none is said when it is left, and the day before it stays", () => {
    const left: string[] = [];
    const state = createFieldState(expiryField, { onLeft: ({ value }) => left.push(value) });
    enterValue(state, "2999-01-31");
    enterUnreadable(state);
    expect(state.finding).toBeUndefined();
    leaveField(state);
    expect(state).toMatchObject({
      value: "2999-01-31",
      finding: { severity: "error", text: texts.checks.noDay },
    });
    expect(completeField(state)).toBe(false);
    enterValue(state, "");
    leaveField(state);
    expect(state).toMatchObject({ value: "", finding: undefined });
    expect(completeField(state)).toBe(true);
    expect(left).toEqual(["2999-01-31", ""]);
  });

  it("passes where it is not asked for, or set by the environment", () => {
    const unasked = stateOf("apiBaseUrl");
    unasked.isAsked = false;
    expect(completeField(unasked)).toBe(true);
    const fixed = stateOf("tenant");
    fixed.fixedValue = guid;
    expect(completeField(fixed)).toBe(true);
  });
});
