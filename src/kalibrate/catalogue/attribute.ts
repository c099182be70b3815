/**
 * What the catalogue says of an attribute, and the kinds that most attributes are of.
 * @module
 */
import type { ColumnType } from "../table.ts";

export interface Attribute {
  /** Absent where nothing describes it: then the values decide. */
  readonly type?: ColumnType;
  /** Where it cannot be read off the name. */
  readonly label?: string;
  /** `money`: which currency, and whether its major or minor unit, is nowhere documented. */
  readonly unit?: "money" | "%" | "°" | "days" | "hours" | "minutes" | "seconds";
  /** Says something about a person: never shown unless it is asked for by its name. */
  readonly isPersonal?: true;
}

export type Attributes = Readonly<Record<string, Attribute>>;

export const text = { type: "text" } as const satisfies Attribute;
export const number = { type: "number" } as const satisfies Attribute;
export const money = { type: "number", unit: "money" } as const satisfies Attribute;
export const percentage = { type: "number", unit: "%" } as const satisfies Attribute;
export const flag = { type: "boolean" } as const satisfies Attribute;
export const day = { type: "date" } as const satisfies Attribute;
export const moment = { type: "datetime" } as const satisfies Attribute;
/** Shown by itself it is the other entity's id; references.ts knows where that entity is. */
export const reference = { type: "text" } as const satisfies Attribute;
export const personal = { type: "text", isPersonal: true } as const satisfies Attribute;
export const undescribed = {} as const satisfies Attribute;
