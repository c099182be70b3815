/**
 * The error catalogue: every failure that a user can see, in one table.
 *
 * The cell, the pane, the HTTP answer and the log all take their texts from here. `docs/errors.md` is generated from
 * it.
 * @module
 */

/** Only these two errors show their text in Excel (custom-functions-errors). */
export type ExcelError = "#VALUE!" | "#N/A";

export interface CatalogueEntry {
  /** HTTP status of the gateway's answer; absent if only the add-in raises the error. */
  readonly status?: number;
  /**
   * What the cell shows. #N/A only if the data itself has no answer: `IFNA(…, 0)` must never turn an outage into a
   * price of 0.
   */
  readonly excel: ExcelError;
  /** What happened, in an analyst's words. */
  readonly message: string;
  /** What the analyst should do next. */
  readonly hint: string;
  /** Whether the same call may succeed later without changes. */
  readonly retryable: boolean;
}

const catalogue = {
  KAL_NOT_CONNECTED: {
    status: 401,
    excel: "#VALUE!",
    message: "Not connected to Kalibrate.",
    hint: "Open the Kalibrate pane (Home tab) and connect, or choose “Try with sample data”.",
    retryable: false,
  },
  KAL_SESSION_ENDED: {
    status: 401,
    excel: "#VALUE!",
    message: "The connection to Kalibrate has ended.",
    hint: "Open the Kalibrate pane and connect again.",
    retryable: false,
  },
  KAL_CONNECTION_UNKNOWN: {
    status: 404,
    excel: "#VALUE!",
    message: "This connection is not known here.",
    hint: "Open the Kalibrate pane and connect to it. KAL never uses another connection instead.",
    retryable: false,
  },
  KAL_SIGN_IN_REQUIRED: {
    status: 401,
    excel: "#VALUE!",
    message: "You are not signed in.",
    hint: "Open the Kalibrate pane and sign in with your account.",
    retryable: false,
  },
  KAL_SIGN_IN_REFUSED: {
    status: 403,
    excel: "#VALUE!",
    message: "Your account may not use this service.",
    hint: "Ask for access. The Kalibrate pane says whom to ask.",
    retryable: false,
  },
  KAL_SECRET_INVALID: {
    status: 401,
    excel: "#VALUE!",
    message: "The client secret is wrong.",
    hint: "Paste the secret’s value (not its id) as Kalibrate issued it for this client id.",
    retryable: false,
  },
  KAL_SECRET_EXPIRED: {
    status: 401,
    excel: "#VALUE!",
    message: "The client secret has expired.",
    hint: "Ask Kalibrate for a new secret and enter it in the pane.",
    retryable: false,
  },
  KAL_CLIENT_UNKNOWN: {
    status: 401,
    excel: "#VALUE!",
    message: "The client id is not known in this tenant.",
    hint: "Check client id and tenant; test and production have different ones.",
    retryable: false,
  },
  KAL_TENANT_UNKNOWN: {
    status: 400,
    excel: "#VALUE!",
    message: "The tenant does not exist.",
    hint: "Enter the tenant as Kalibrate gave it: a GUID or a domain name such as example.onmicrosoft.com.",
    retryable: false,
  },
  KAL_SCOPE_INVALID: {
    status: 400,
    excel: "#VALUE!",
    message: "The scope is not valid for this client.",
    hint: "Check the scope; it looks like api://…/…/.default.",
    retryable: false,
  },
  KAL_HOST_REFUSED: {
    status: 403,
    excel: "#VALUE!",
    message: "This base URL is not allowed here.",
    hint: "Use the Data API address that Kalibrate gave you, or ask your administrator to allow its host.",
    retryable: false,
  },
  KAL_FORBIDDEN: {
    status: 403,
    excel: "#VALUE!",
    message: "These credentials may not read this data.",
    hint: "Ask Kalibrate for access, or use a connection that has it.",
    retryable: false,
  },
  KAL_ARGUMENT_INVALID: {
    excel: "#VALUE!",
    message: "An argument of the formula is not valid.",
    hint: "Correct the argument.",
    retryable: false,
  },
  KAL_REQUEST_INVALID: {
    status: 400,
    excel: "#VALUE!",
    message: "The request is not valid.",
    hint: "Correct the value that the message names, then try again.",
    retryable: false,
  },
  KAL_QUERY_INVALID: {
    status: 400,
    excel: "#VALUE!",
    message: "The query cannot be read.",
    hint: "Write it like (entityVariant=Own)+(effectiveTime>=2026-11-20)+(price>1.4).",
    retryable: false,
  },
  KAL_COLLECTION_UNKNOWN: {
    status: 404,
    excel: "#VALUE!",
    message: "There is no such collection.",
    hint: "Use one of price, site, product, volume, productgroup, pricerequest, surveyhistory, reference.",
    retryable: false,
  },
  KAL_FIELD_UNKNOWN: {
    status: 400,
    excel: "#VALUE!",
    message: "There is no such field.",
    hint: "KAL.FIELDS lists the fields that there are.",
    retryable: false,
  },
  KAL_FIELD_TYPE: {
    status: 400,
    excel: "#VALUE!",
    message: "The field has another type.",
    hint: "Use another field or another function. KAL.FIELDS lists the fields with their types.",
    retryable: false,
  },
  KAL_TOO_LARGE: {
    status: 413,
    excel: "#VALUE!",
    message: "The result is too large for one formula.",
    hint: "Choose fewer fields, add a filter or set a limit.",
    retryable: false,
  },
  KAL_NUMBER_TOO_LARGE: {
    excel: "#VALUE!",
    message: "The record has a number too large for a cell: it is above 1.79E+308.",
    hint: "Correct the record in Kalibrate, or leave the field out.",
    retryable: false,
  },
  KAL_NO_ROOM: {
    excel: "#VALUE!",
    message: "There is no room for the table.",
    hint: "Choose a cell with enough empty cells below it and to its right.",
    retryable: false,
  },
  KAL_EXCEL_REFUSED: {
    excel: "#VALUE!",
    message: "Excel does not allow this here.",
    hint: "Finish typing in the cell, unprotect the sheet, and try again.",
    retryable: true,
  },
  KAL_DATE_SYSTEM: {
    excel: "#VALUE!",
    message: "This workbook counts dates from 1904, so dates from Kalibrate would show four years late.",
    hint: "Use another workbook, or turn off File → Options → Advanced → Use 1904 date system. Dates already in this workbook then move by four years.",
    retryable: false,
  },
  KAL_NO_MATCH: {
    excel: "#N/A",
    message: "No record matches.",
    hint: "Check the keys.",
    retryable: false,
  },
  KAL_AMBIGUOUS: {
    status: 409,
    excel: "#VALUE!",
    message: "Several records match.",
    hint: "Add a key. Or add orderBy to the query to get the first record.",
    retryable: false,
  },
  KAL_NO_ROWS: {
    status: 404,
    excel: "#N/A",
    message: "No rows match the query.",
    hint: "Check the filters.",
    retryable: false,
  },
  KAL_THROTTLED: {
    status: 429,
    excel: "#VALUE!",
    message: "Kalibrate received too many requests.",
    hint: "Wait a moment and recalculate.",
    retryable: true,
  },
  KAL_PROXY_REFUSED: {
    status: 502,
    excel: "#VALUE!",
    message: "A proxy or firewall on the network blocks the KAL service.",
    hint: "Ask your network administrator to allow Kalibrate’s and Microsoft’s addresses for this service.",
    retryable: true,
  },
  KAL_UPSTREAM_DOWN: {
    status: 502,
    excel: "#VALUE!",
    message: "The Kalibrate Data API cannot be reached.",
    hint: "Try again in a few minutes. If this persists, contact Kalibrate.",
    retryable: true,
  },
  KAL_UPSTREAM_INVALID: {
    status: 502,
    excel: "#VALUE!",
    message: "The Kalibrate Data API sent an answer that KAL cannot use.",
    hint: "Try again. If this persists, send the request id to support.",
    retryable: true,
  },
  KAL_TIMEOUT: {
    status: 504,
    excel: "#VALUE!",
    message: "The answer took too long.",
    hint: "Try again, or narrow the query.",
    retryable: true,
  },
  KAL_OFFLINE: {
    excel: "#VALUE!",
    message: "The KAL service cannot be reached.",
    hint: "Check the network. If KAL runs on this computer, start it again with npm start.",
    retryable: true,
  },
  KAL_PAUSED: {
    excel: "#VALUE!",
    message: "Data is paused.",
    hint: "Choose Resume in the Kalibrate pane.",
    retryable: true,
  },
  KAL_ADDIN_INTERNAL: {
    excel: "#VALUE!",
    message: "Something went wrong inside the Kalibrate add-in.",
    hint: "Try again. If this persists, close and reopen the workbook, and tell support what you did.",
    retryable: true,
  },
  KAL_GATEWAY_INTERNAL: {
    status: 500,
    excel: "#VALUE!",
    message: "Something went wrong inside the KAL service.",
    hint: "Try again. If this persists, send the request id to support.",
    retryable: true,
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;

/** The catalogue, for code generated from it: docs, tests, the HTTP schema. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = catalogue;

export const errorCodes = Object.keys(catalogue) as readonly ErrorCode[];

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(catalogue, code);
}

/** Details of one occurrence that replace or add to the catalogue's entry. */
export interface ErrorDetail {
  /** Replaces the catalogue's message: what happened, with names and positions. Must not contain a secret. */
  message?: string | undefined;
  /** Replaces the catalogue's hint. */
  hint?: string | undefined;
  /** Seconds to wait before trying again. */
  retryAfter?: number | undefined;
  /** The gateway's request id, by which support finds the log line. */
  requestId?: string | undefined;
  cause?: unknown;
}

/** The only error class: a code of the catalogue and the details of this occurrence. */
export class KalError extends Error {
  override readonly name = "KalError";
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(detail.message ?? errorCatalogue[code].message, { cause: detail.cause });
    this.code = code;
    this.hint = detail.hint ?? errorCatalogue[code].hint;
    this.retryAfter = detail.retryAfter;
    this.requestId = detail.requestId;
  }

  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }
}
