/**
 * Reads the configuration, environment variables and one JSON file, into one validated object.
 * @module
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { builtInEnvironments, type Environment } from "../kalibrate/environments.ts";
import { type FileSettings, readConfigurationFile } from "./configuration/file.ts";
import { ConfigurationError, type Issue } from "./configuration/issues.ts";
import { readProxies } from "./configuration/proxies.ts";
import { type Variable, variables, type VariableValues } from "./configuration/variables.ts";
import { isLoopbackAddress, isLoopbackUrl } from "./destinations.ts";
import { shareOfHeap } from "./heap.ts";

/** The source of office.js for the pages: a URL (Microsoft's or another), or a folder that we serve. */
export type OfficeJs = { readonly url: string } | { readonly folder: string };

export interface Configuration
  extends
    FileSettings,
    Omit<VariableValues, "file" | "tlsCertificate" | "tlsKey" | "cacheKey" | "officeJs" | "answerMemory"> {
  /** Megabytes. */
  readonly answerMemory: number;
  /** Certificate chain and key in PEM; undefined if the service uses http. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** HMAC key for the names of credentials in caches. */
  readonly cacheKey: Buffer;
  readonly officeJs: OfficeJs;
}

/**
 * Reads the configuration from a record such as `process.env`.
 * @param sample environments that need no configuration, besides the built-in ones.
 * @throws ConfigurationError naming every issue.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  sample: readonly Environment[] = [],
): Configuration {
  const issues: Issue[] = [];
  const { file, tlsCertificate, tlsKey, cacheKey, officeJs, ...values } = readVariables(environment, issues);
  const settings = readConfigurationFile(
    file,
    {
      known: [...sample, ...builtInEnvironments],
      variables: environment,
      allowLoopback: values.allowLoopback,
    },
    issues,
  );
  const configuration: Configuration = {
    ...values,
    ...settings,
    tls: readTls(tlsCertificate, tlsKey, issues),
    cacheKey: cacheKey ?? randomBytes(32),
    answerMemory: values.answerMemory ?? Math.floor(shareOfHeap("answers") / 1_048_576),
    officeJs: readOfficeJs(officeJs, issues),
  };
  // The dispatcher reads them again; here we only collect their issues.
  readProxies(environment, issues);
  checkReach(configuration, cacheKey !== undefined, issues);
  if (values.redisUrl !== undefined && values.sessionFile !== undefined) {
    issues.push({ path: "KAL_SESSION_FILE", expected: "nothing, as KAL_REDIS_URL keeps the sessions" });
  }
  if (issues.length > 0) throw new ConfigurationError(issues);
  return configuration;
}

function readVariables(
  environment: Readonly<Record<string, string | undefined>>,
  issues: Issue[],
): VariableValues {
  const read = (variable: Variable): unknown => {
    const text = textOf(variable, environment, issues)?.trim();
    if (!text) return variable.default;
    const value = variable.read(text);
    if (value === undefined) {
      const { name: path, range: expected } = variable;
      issues.push(variable.secret ? { path, expected } : { path, expected, found: text });
      return variable.default;
    }
    return value;
  };
  const entries = Object.entries(variables).map(([key, variable]) => [key, read(variable)]);
  return Object.fromEntries(entries) as VariableValues;
}

/** A secret may also be in a file, as containers and systemd provide it: `KAL_CACHE_KEY_FILE` is its path. */
function textOf(
  { name, secret }: Variable,
  environment: Readonly<Record<string, string | undefined>>,
  issues: Issue[],
): string | undefined {
  const fileName = `${name}_FILE`;
  const file = secret ? environment[fileName] : undefined;
  if (!file) return environment[name];
  if (environment[name]) issues.push({ path: fileName, expected: `nothing, as ${name} is set` });
  try {
    return readFileSync(file, "utf8");
  } catch {
    issues.push({ path: fileName, expected: "the path of a file that can be read", found: file });
    return undefined;
  }
}

/** Beyond this computer the service requires a permanent key and an explicit origin. */
function checkReach({ bind, origin, tls }: Configuration, hasCacheKey: boolean, issues: Issue[]): void {
  if (origin?.startsWith("http:") && !isLoopbackUrl(new URL(origin))) {
    issues.push({ path: "KAL_ORIGIN", expected: "https, as tickets travel to it", found: origin });
  }
  if (origin?.startsWith("http:") && tls) {
    issues.push({ path: "KAL_ORIGIN", expected: "https, as KAL_TLS_CERT is set", found: origin });
  }
  if (bind.every(isLoopbackAddress)) return;
  const because = "as KAL_BIND goes beyond this computer";
  if (!hasCacheKey && !issues.some(({ path }) => path === variables.cacheKey.name)) {
    issues.push({ path: "KAL_CACHE_KEY", expected: `${variables.cacheKey.range}, ${because}` });
  }
  if (origin === undefined && !issues.some(({ path }) => path === variables.origin.name)) {
    issues.push({ path: "KAL_ORIGIN", expected: `${variables.origin.range}, ${because}` });
  }
}

function readTls(
  certificate: string | undefined,
  key: string | undefined,
  issues: Issue[],
): Configuration["tls"] {
  if (certificate === undefined && key === undefined) return undefined;
  const cert = readPem("KAL_TLS_CERT", certificate, "KAL_TLS_KEY", issues);
  const pem = readPem("KAL_TLS_KEY", key, "KAL_TLS_CERT", issues);
  if (cert === undefined || pem === undefined) return undefined;
  try {
    createSecureContext({ cert, key: pem });
  } catch {
    issues.push({ path: "KAL_TLS_CERT", expected: "a PEM certificate that fits the key in KAL_TLS_KEY" });
  }
  return { cert, key: pem };
}

function readPem(name: string, path: string | undefined, other: string, issues: Issue[]): string | undefined {
  if (path === undefined) {
    issues.push({ path: name, expected: `the path of a PEM file, as ${other} is set` });
    return undefined;
  }
  try {
    return readFileSync(path, "utf8");
  } catch {
    issues.push({ path: name, expected: "the path of a PEM file that can be read", found: path });
    return undefined;
  }
}

function readOfficeJs(text: string, issues: Issue[]): OfficeJs {
  const isUrl = /^https?:\/\//i.test(text);
  const right = isUrl
    ? URL.canParse(text) && new URL(text).protocol === "https:"
    : existsSync(join(text, "office.js"));
  if (!right) issues.push({ path: "KAL_OFFICE_JS", expected: variables.officeJs.range, found: text });
  if (!isUrl) return { folder: text };
  return { url: right ? new URL(text).href : text };
}
