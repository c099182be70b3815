/**
 * Objects as the protocol behind `Excel.run` sees them: tables of what they have, by the names on the wire.
 * @module
 */
import type { Area } from "./model.ts";

export interface ApiObject {
  /** As Excel's reference names it: `Range`. */
  readonly type: string;
  /** By which its collection finds it again. */
  readonly id?: string;
  /** Values that a load brings. */
  readonly properties?: Readonly<Record<string, () => unknown>>;
  readonly setters?: Readonly<Record<string, (value: never) => void>>;
  /** What is reached through a property: `Range.Worksheet`. */
  readonly objects?: Readonly<Record<string, () => ApiObject>>;
  /** What they return may be an object again. Arguments that are objects arrive as such. */
  readonly methods?: Readonly<Record<string, (...values: never[]) => unknown>>;
  /** The objects of a collection. */
  readonly items?: () => readonly ApiObject[];
  /** The cells that it stands for, where it is an argument of another's method. */
  readonly area?: Area;
  /** The same object on other cells: rows were inserted above it. */
  readonly movedTo?: (area: Area) => ApiObject;
  /** Whether the add-in holds it from one sync to the next: then it stays the same though the selection moves. */
  readonly isKept?: boolean;
  /** What `…OrNullObject` gives where there is nothing. */
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

/** A failure with one of the codes by which add-ins tell failures apart: `Excel.ErrorCodes`. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: ErrorCode, text: string) {
    super(text);
    this.code = code;
  }
}

/** The two ways in which Excel looks for something: that fails, and that gives a null object. */
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
