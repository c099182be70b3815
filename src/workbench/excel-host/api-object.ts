/**
 * Objects of the protocol behind `Excel.run`, described as tables of their members, by their names on the wire.
 * @module
 */
import type { Area } from "./model.ts";

export interface ApiObject {
  /** The name in Excel's reference: `Range`. */
  readonly type: string;
  /** The id by which its collection finds it again. */
  readonly id?: string;
  /** The values that `load` returns. */
  readonly properties?: Readonly<Record<string, () => unknown>>;
  readonly setters?: Readonly<Record<string, (value: never) => void>>;
  /** Objects reached through a property: `Range.Worksheet`. */
  readonly objects?: Readonly<Record<string, () => ApiObject>>;
  /** Methods, which may return an object. Object arguments are passed as objects. */
  readonly methods?: Readonly<Record<string, (...values: never[]) => unknown>>;
  /** The objects of a collection. */
  readonly items?: () => readonly ApiObject[];
  /** Its cells, for use as an argument of another object's method. */
  readonly area?: Area;
  /** The same object for other cells, after rows were inserted above it. */
  readonly movedTo?: (area: Area) => ApiObject;
  /** Whether the add-in keeps it from one sync to the next: then it stays the same although the selection changes. */
  readonly isKept?: boolean;
  /** The null object that `…OrNullObject` returns if nothing is found. */
  readonly isNull?: boolean;
}

export const nullObject: ApiObject = { type: "null object", isNull: true };

type ErrorCode =
  | "AccessDenied"
  | "GeneralException"
  | "InvalidArgument"
  | "InvalidReference"
  | "ItemAlreadyExists"
  | "ItemNotFound"
  | "ResponsePayloadSizeLimitExceeded";

/** An error with a code of `Excel.ErrorCodes`, by which add-ins distinguish errors. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: ErrorCode, text: string) {
    super(text);
    this.code = code;
  }
}

/** Excel's two lookup methods: one throws if nothing is found, the other returns a null object. */
export function orNull(name: string, find: (...values: never[]) => ApiObject | undefined) {
  return {
    [name]: (...values: never[]) => {
      const found = find(...values);
      if (!found) throw new ApiError("ItemNotFound", `${name} finds nothing: ${JSON.stringify(values)}.`);
      return found;
    },
    [`${name}OrNullObject`]: (...values: never[]) => find(...values) ?? nullObject,
  };
}
