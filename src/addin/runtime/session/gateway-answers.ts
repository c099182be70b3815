/**
 * Checks that an answer has the shape that its call promises (`kalibrate/gateway-api.ts`). A proxy may answer with JSON
 * of its own, and a cell must then show an error instead of a wrong value.
 * @module
 */
import { isErrorCode, KalError } from "../../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../../kalibrate/gateway-api.ts";

/**
 * What a value must look like: "" stands for any text, 0 for any number, [x] for a list of things like x, an object for
 * one with at least these members; a function decides by itself.
 */
type Example =
  "" | 0 | readonly [Example] | { readonly [Name in string]: Example } | ((value: unknown) => boolean);

export function isLike(value: unknown, example: Example): boolean {
  if (typeof example === "function") return example(value);
  if (typeof example !== "object") return typeof value === typeof example;
  if (isList(example)) return Array.isArray(value) && value.every((item) => isLike(item, example[0]));
  return isRecord(value) && Object.entries(example).every(([name, member]) => isLike(value[name], member));
}

const isList = (example: Example): example is readonly [Example] => Array.isArray(example);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

/** A value of a table. */
const value = (given: unknown) =>
  isScalar(given) || given === null || (isRecord(given) && isErrorCode(given["error"]));

export const row: Example = [value];
export const columns: Example = [{ name: "", label: "", type: "" }];

/** The error of a failed call or of a lookup. */
export const failure: Example = { code: isErrorCode, message: "", hint: "" };

function isTable(answer: unknown): boolean {
  if (!isLike(answer, { columns, rows: [row], rowCount: 0, asOf: "" })) return false;
  const {
    columns: { length },
    rows,
    rowCount,
  } = answer as QueryAnswer;
  return length > 0 && rows.length === rowCount && rows.every((each) => each.length === length);
}

const isLookupResult = (result: unknown) =>
  isRecord(result) && "value" in result
    ? value(result["value"])
    : isLike(result, { missing: (given) => given === true }) ||
      isLike(result, { matches: 0 }) ||
      isLike(result, { error: failure });

const lookup: Example = { columns, results: [[isLookupResult]], asOf: "" };

const isStatus = (status: unknown) =>
  isLike(status, { clientId: "" }) && Object.values(Object(status) as object).every(isScalar);

const connection: Example = { name: "", environment: "", label: "" };

/** By path; DELETE has no answer. */
const examples: Readonly<Record<string, Example>> = {
  "/environments": [{ id: "", label: "" }],
  "/session": {
    ticket: "",
    expiresAt: "",
    connection,
    status: isStatus,
  },
  "/sign-in": { ticket: "", expiresAt: "", connections: [connection] },
  "/status": isStatus,
  "/catalogue": { collections: [{ name: "", label: "", variants: [""], entityTypes: [""] }] },
  "/fields": { fields: [{ name: "", label: "", type: "", refersTo: "", example: value }], asOf: "" },
  "/query": isTable,
  "/summary": isTable,
  "/market": isTable,
  "/lookup": lookup,
  "/as-of": lookup,
};

/**
 * @param path of the call, behind `/api/v1`
 * @returns the answer, unchanged
 * @throws KalError if it cannot be the service's answer to this call
 */
export function checkAnswer(path: string, answer: unknown): unknown {
  const example = examples[path];
  if (example !== undefined && !isLike(answer, example)) throw incomplete();
  return answer;
}

export function incomplete(): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", {
    message: "The KAL service’s answer is not complete, or something on the way has changed it.",
  });
}
