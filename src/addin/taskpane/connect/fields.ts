/**
 * The settings that a person types, as a table with their checks and the errors about them.
 * @module
 */
import type { ErrorCode } from "../../../kalibrate/errors.ts";
import type { ConnectRequest } from "../../../kalibrate/gateway-api.ts";
import {
  type Check,
  checkBaseUrl,
  checkClientId,
  checkExpiry,
  checkLabel,
  checkScope,
  checkSecret,
  checkTenant,
} from "./checks.ts";

export type FieldName =
  | keyof Pick<ConnectRequest, "apiBaseUrl" | "tenant" | "scope" | "clientId" | "clientSecret" | "label">
  | "secretExpires";

export interface Field {
  readonly name: FieldName;
  readonly check: Check;
  /** Masked by default, never stored. */
  readonly isSecret?: true;
  /** May be empty. */
  readonly isOptional?: true;
  /** A day, `2027-01-31`. */
  readonly isDate?: true;
  /** Stays on this computer: never sent to the service. */
  readonly isOwn?: true;
  /** The error codes that another value of this field could resolve. */
  readonly codes: readonly ErrorCode[];
}

/** Much longer than any setting, much shorter than a document pasted by mistake. */
export const maxValueChars = 2_000;

export const secretField: Field = {
  name: "clientSecret",
  check: checkSecret,
  isSecret: true,
  codes: ["KAL_SECRET_INVALID", "KAL_SECRET_EXPIRED"],
};

export const expiryField: Field = {
  name: "secretExpires",
  check: checkExpiry,
  isOptional: true,
  isDate: true,
  isOwn: true,
  codes: [],
};

export const labelField: Field = { name: "label", check: checkLabel, isOptional: true, codes: [] };

/** The fields that every connection needs, in the order of the form. */
export const requiredFields: readonly Field[] = [
  { name: "apiBaseUrl", check: checkBaseUrl, codes: ["KAL_HOST_REFUSED"] },
  { name: "tenant", check: checkTenant, codes: ["KAL_TENANT_UNKNOWN"] },
  { name: "scope", check: checkScope, codes: ["KAL_SCOPE_INVALID"] },
  { name: "clientId", check: checkClientId, codes: ["KAL_CLIENT_UNKNOWN"] },
  secretField,
];
