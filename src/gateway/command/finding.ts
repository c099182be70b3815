/**
 * What a check gives, and what it gets.
 * @module
 */
import type { Dispatcher } from "undici";
import type { Configuration } from "../configuration.ts";
import type { Log } from "../observe/log.ts";

/** One line of the answer. */
export interface Finding {
  /** What was looked at: `TLS`, `Redis`, `connection pricing`. */
  readonly subject: string;
  /** `advice`: the service works, but somebody should do something. */
  readonly state: "ok" | "advice" | "failed";
  /** What was found, and what to do where the state is not ok. Holds no secret. */
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
