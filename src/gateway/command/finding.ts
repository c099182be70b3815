/**
 * The input and result of a check.
 * @module
 */
import type { Dispatcher } from "undici";
import type { Configuration } from "../configuration.ts";
import type { Log } from "../observe/log.ts";

/** One line of the output. */
export interface Finding {
  /** The thing checked: `TLS`, `Redis`, `connection pricing`. */
  readonly subject: string;
  /** `advice`: the service works, but somebody should do something. */
  readonly state: "ok" | "advice" | "failed";
  /** The result, and what to do if the state is not ok. Contains no secret. */
  readonly text: string;
}

/** What the checks need. */
export interface CheckContext {
  readonly configuration: Configuration;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export const ok = (subject: string, text: string): Finding => ({ subject, state: "ok", text });
export const advice = (subject: string, text: string): Finding => ({ subject, state: "advice", text });
export const failed = (subject: string, text: string): Finding => ({ subject, state: "failed", text });
