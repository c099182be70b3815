/**
 * Reads the JSON file that `KAL_CONFIG` names, and checks the rules that its schema cannot express.
 * @module
 */
import { defaultAuthority, type Environment, normaliseBaseUrl } from "../../kalibrate/environments.ts";
import { isTenant } from "../../kalibrate/tenant.ts";
import { type OrganisationSettings, readOrganisation } from "./connections.ts";
import type { EnvironmentEntry } from "./file-schema.ts";
import type { Issue } from "./issues.ts";
import { loadFile } from "./load-file.ts";
import {
  checkUnique,
  nameForm,
  namePattern,
  plainUrl,
  readAuthority,
  safeSchemes,
  type Say,
} from "./rules.ts";

export interface FileSettings extends OrganisationSettings {
  /** The known ones, then those of the file; of two with the same id the later one counts. */
  readonly environments: readonly Environment[];
  readonly allowedApiHosts: readonly string[];
  readonly typedCredentials: boolean;
  readonly personalData: "hide" | "show";
  readonly frameAncestors: readonly string[];
}

export interface FileOptions {
  /** Environments that are known without the file. */
  readonly known: readonly Environment[];
  /** Such as `process.env`; secrets may be read from it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly allowLoopback: boolean;
}

const hostPattern = /^(\*\.[^.*]+\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;
const frameAncestorPattern = /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;

/** Reads and validates the file. Issues are added to the list; valid parts are used. */
export function readConfigurationFile(
  path: string | undefined,
  { known, variables, allowLoopback }: FileOptions,
  issues: Issue[],
): FileSettings {
  const file = path === undefined ? {} : loadFile(path, issues);
  const say: Say = (where, expected, found) =>
    issues.push({ path: `${path}: ${where}`, expected, ...(found === undefined ? {} : { found }) });

  const entries = file.environments ?? [];
  checkUnique(
    entries.map(({ id }) => id),
    "environments",
    say,
  );
  const added = entries.map((entry, at) => toEnvironment(entry, allowLoopback, `environments[${at}]`, say));
  const environments = [...known, ...added];
  const hosts = file.allowedApiHosts ?? ["*.thekalibratecloud.com"];
  checkEach(hosts, hostPattern, "a host name in lower case, or *.example.com", "allowedApiHosts", say);
  const ancestors = file.frameAncestors ?? [];
  checkEach(ancestors, frameAncestorPattern, "an https origin in lower case", "frameAncestors", say);
  return {
    environments,
    allowedApiHosts: hosts,
    typedCredentials: file.typedCredentials ?? true,
    personalData: file.personalData ?? "hide",
    frameAncestors: ancestors,
    ...readOrganisation(file, { environments, variables, allowLoopback, say }),
  };
}

function toEnvironment(
  entry: EnvironmentEntry,
  allowLoopback: boolean,
  where: string,
  say: Say,
): Environment {
  const { id, apiBaseUrl, authority = defaultAuthority, tenant } = entry;
  if (!namePattern.test(id)) say(`${where}.id`, nameForm, id);
  const base = plainUrl(apiBaseUrl, allowLoopback);
  if (!base) {
    say(`${where}.apiBaseUrl`, `a URL with ${safeSchemes}, without query or user name`, apiBaseUrl);
  }
  if (tenant !== undefined && !isTenant(tenant)) say(`${where}.tenant`, "a GUID or a domain name", tenant);
  return {
    ...entry,
    apiBaseUrl: base ? normaliseBaseUrl(base) : apiBaseUrl,
    authority: readAuthority(authority, allowLoopback, `${where}.authority`, say),
  };
}

function checkEach(
  list: readonly string[],
  pattern: RegExp,
  expected: string,
  where: string,
  say: Say,
): void {
  list.forEach((entry, at) => {
    if (!pattern.test(entry)) say(`${where}[${at}]`, expected, entry);
  });
}
