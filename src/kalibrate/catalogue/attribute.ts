/**
 * How the catalogue describes an attribute, and the descriptions that most attributes share.
 * @module
 */
import type { ColumnType } from "../table.ts";

export interface Attribute {
  /** Absent where the type is not documented: the column's type then comes from its values. */
  readonly type?: ColumnType;
  /** Set only where no readable label can be derived from the name. */
  readonly label?: string;
  /** `money`: the currency, and whether amounts are in its major or minor unit, is not documented. */
  readonly unit?: "money" | "%" | "°" | "days" | "hours" | "minutes" | "seconds";
  /** Personal data: shown only when the field is requested by name. */
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
/** Shown by itself, its value is the other entity's id; references.ts says which collection that entity is in. */
export const reference = { type: "text" } as const satisfies Attribute;
export const personal = { type: "text", isPersonal: true } as const satisfies Attribute;
export const undescribed = {} as const satisfies Attribute;
