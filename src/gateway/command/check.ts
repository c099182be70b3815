/**
 * `kal check`: tests an installation and prints a line for each check, with what to do if it fails.
 * @module
 */
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import { type Configuration, readConfiguration } from "../configuration.ts";
import { ConfigurationError, describeIssue } from "../configuration/issues.ts";
import { createDispatcher } from "../dispatcher.ts";
import { createLog } from "../observe/log.ts";
import { version } from "../version.ts";
import { checkCertificate } from "./check-certificate.ts";
import { checkMachine } from "./check-machine.ts";
import { checkNames } from "./check-names.ts";
import { checkRedis } from "./check-redis.ts";
import { checkOrigin, checkUpstreams } from "./check-network.ts";
import { type CheckContext, failed, type Finding, ok } from "./finding.ts";

export interface CheckOptions {
  /** Such as `process.env`. */
  readonly environment: CheckContext["environment"];
  readonly asJson: boolean;
  readonly dispatcher?: Dispatcher;
  readonly now?: () => number;
}

/**
 * @returns the text to print, and whether no check failed. Never rejects because of a problem with the installation.
 */
export async function checkInstallation(options: CheckOptions): Promise<{ isSound: boolean; text: string }> {
  const findings = await findAll(options);
  const isSound = findings.every(({ state }) => state !== "failed");
  return {
    isSound,
    text: options.asJson ? JSON.stringify({ version, isSound, findings }) : describe(findings),
  };
}

async function findAll({
  environment,
  dispatcher,
  now = Date.now,
}: CheckOptions): Promise<readonly Finding[]> {
  let configuration: Configuration;
  try {
    configuration = readConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.issues.map((issue) => failed(issue.path, describeIssue(issue)));
  }
  const own = dispatcher ?? createDispatcher(environment);
  const log = createLog("silent", silence);
  const context: CheckContext = { configuration, environment, dispatcher: own, log, now };
  try {
    const checks = [checkMachine, checkCertificate, checkRedis, checkUpstreams, checkOrigin];
    const found = await Promise.all(checks.map((check) => check(context)));
    return [ok("configuration", "read"), ...checkNames(context), ...found.flat()];
  } finally {
    if (dispatcher === undefined) await own.destroy();
  }
}

/** Drops log output: the findings say everything. */
const silence: DestinationStream = { write: () => undefined };

const words = { ok: "ok    ", advice: "advice", failed: "FAILED" } as const;

function describe(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const count = findings.filter(({ state }) => state === "failed").length;
  return [
    `KAL ${version}`,
    ...findings.map(({ subject, state, text }) => `${words[state]}  ${subject.padEnd(width)}  ${text}`),
    count === 0 ? "Nothing has failed." : `${count} of ${findings.length} failed.`,
  ].join("\n");
}
