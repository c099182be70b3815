/**
 * The issues of a configuration. All are reported at once, so that nobody has to correct them one start at a time.
 * @module
 */

import { shorten } from "../../kalibrate/shorten.ts";

export interface Issue {
  /** The place: `KAL_PORT`, or `kal.json: environments[0].authority`. */
  readonly path: string;
  readonly expected: string;
  /** The invalid value; absent for secrets. */
  readonly found?: string;
}

export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const lines = issues.map((issue) => `- ${issue.path}: ${describeIssue(issue)}`);
    super(["The service cannot start with this configuration:", ...lines].join("\n"));
    this.issues = issues;
  }
}

export function describeIssue({ expected, found }: Issue): string {
  return `expected ${expected}${found === undefined ? "" : `, found ${quote(found)}`}`;
}

function quote(text: string): string {
  return JSON.stringify(shorten(text, 100));
}
