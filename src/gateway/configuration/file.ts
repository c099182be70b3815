/**
 * The JSON file that `KAL_CONFIG` names: its schema, and the rules that a schema cannot say.
 * @module
 */
import { readFileSync } from "node:fs";
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { defaultAuthority, type Environment, normaliseBaseUrl } from "../../kalibrate/environments.ts";
import { isSafeScheme } from "../destinations.ts";
import { isTenant } from "../../kalibrate/tenant.ts";
import type { Issue } from "./issues.ts";

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ minLength: 1, maxLength: 2048, description });

export const configurationFile = Type.Object(
  {
    environments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: text(
              "Short name, used in formulas before the colon: letters, digits, - _ . and at most 40 of them.",
            ),
            label: text("Name for people."),
            apiBaseUrl: text("Base URL of the Data API: https."),
            authority: Type.Optional(
              text(`Origin of the identity provider: https. ${defaultAuthority} if left out.`),
            ),
            tenant: Type.Optional(
              text("Entra tenant: GUID or domain name. If left out, everybody enters their own."),
            ),
          },
          closed,
        ),
        { description: "Adds to the built-in environments; the same id replaces one." },
      ),
    ),
    allowedApiHosts: Type.Optional(
      Type.Array(text("Host name, or *.example.com for everything below it."), {
        description: "Hosts that a typed base URL may have.",
        default: ["*.thekalibratecloud.com"],
      }),
    ),
    typedCredentials: Type.Optional(
      Type.Boolean({
        description: "Whether people may connect with credentials that they type.",
        default: true,
      }),
    ),
    personalData: Type.Optional(
      Type.Union([Type.Literal("hide"), Type.Literal("show")], {
        description:
          "Whether fields with personal data (names of users, e-mail addresses, telephone numbers) may be asked for by their names; other tables never show them.",
        default: "hide",
      }),
    ),
    frameAncestors: Type.Optional(
      Type.Array(text("Origin, or https://*.example.com."), {
        description: "Sites that may show the add-in in a frame, beside those of Microsoft 365.",
        default: [],
      }),
    ),
  },
  closed,
);

export type ConfigurationFile = Static<typeof configurationFile>;

export interface FileSettings {
  readonly environments: readonly Environment[];
  readonly allowedApiHosts: readonly string[];
  readonly typedCredentials: boolean;
  readonly personalData: "hide" | "show";
  readonly frameAncestors: readonly string[];
}

const schema = Compile(configurationFile);

/** A connection's name must stand before the colon of `name:collection`, unquoted. */
export const namePattern = /^[A-Za-z0-9._-]{1,40}$/;

const hostPattern = /^(\*\.[^.*]+\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;
const frameAncestorPattern = /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;

/** Reads and checks the file; mistakes are added to the list, and what is right is used. */
export function readConfigurationFile(
  path: string | undefined,
  allowLoopback: boolean,
  issues: Issue[],
): FileSettings {
  const file = path === undefined ? {} : load(path, issues);
  const say = (where: string, expected: string, found?: string) =>
    issues.push({ path: `${path}: ${where}`, expected, ...(found === undefined ? {} : { found }) });

  const environments = (file.environments ?? []).map((entry, at) =>
    toEnvironment(entry, allowLoopback, (key, expected) =>
      say(`environments[${at}].${key}`, expected, entry[key] ?? ""),
    ),
  );
  environments.forEach(({ id }, at) => {
    if (environments.findIndex((other) => other.id === id) < at) {
      say(`environments[${at}].id`, "an id that no other entry has", id);
    }
  });
  checkEach(
    file.allowedApiHosts,
    hostPattern,
    "a host name in lower case, or *.example.com",
    "allowedApiHosts",
    say,
  );
  checkEach(
    file.frameAncestors,
    frameAncestorPattern,
    "an https origin in lower case",
    "frameAncestors",
    say,
  );
  return {
    environments,
    allowedApiHosts: file.allowedApiHosts ?? ["*.thekalibratecloud.com"],
    typedCredentials: file.typedCredentials ?? true,
    personalData: file.personalData ?? "hide",
    frameAncestors: file.frameAncestors ?? [],
  };
}

function load(path: string, issues: Issue[]): ConfigurationFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const isSyntax = error instanceof SyntaxError;
    issues.push({
      path: "KAL_CONFIG",
      expected: isSyntax ? `JSON in ${path}` : "the path of a file that can be read",
      found: isSyntax ? error.message : path,
    });
    return {};
  }
  if (schema.Check(content)) return content;
  for (const error of schema.Errors(content)) {
    if (error.keyword === "boolean") continue; // The same unknown key, said a second time.
    const where = readable(error.instancePath);
    const expected =
      error.keyword === "additionalProperties" ? "no such key" : error.message.replace(/^must /, "it to ");
    const keys = error.keyword === "additionalProperties" ? error.params.additionalProperties : [""];
    for (const key of keys)
      issues.push({ path: `${path}: ${[where, key].filter(Boolean).join(".")}`, expected });
  }
  return {};
}

/** `/environments/0/id` -> `environments[0].id` */
function readable(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".");
}

type EnvironmentEntry = NonNullable<ConfigurationFile["environments"]>[number];

function toEnvironment(
  entry: EnvironmentEntry,
  allowLoopback: boolean,
  say: (key: keyof EnvironmentEntry, expected: string) => void,
): Environment {
  const schemes = "https (plain http only for this computer, with KAL_ALLOW_LOOPBACK=1)";
  const { id, label, apiBaseUrl, authority = defaultAuthority, tenant } = entry;
  if (!namePattern.test(id)) say("id", "letters, digits, - _ . and at most 40 of them");
  const base = plainUrl(apiBaseUrl, allowLoopback);
  if (!base) say("apiBaseUrl", `a URL with ${schemes}, without query or user name`);
  const issuer = plainUrl(authority, allowLoopback);
  if (!issuer || issuer.pathname !== "/") say("authority", `an origin with ${schemes}`);
  if (tenant !== undefined && !isTenant(tenant)) say("tenant", "a GUID or a domain name");
  return {
    id,
    label,
    apiBaseUrl: base ? normaliseBaseUrl(base.href) : apiBaseUrl,
    authority: issuer ? issuer.origin : authority,
    ...(tenant === undefined ? {} : { tenant }),
  };
}

function plainUrl(text: string, allowLoopback: boolean): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = !url.username && !url.password && !url.search && !url.hash;
  return plain && isSafeScheme(url, allowLoopback) ? url : undefined;
}

function checkEach(
  list: readonly string[] | undefined,
  pattern: RegExp,
  expected: string,
  where: string,
  say: (where: string, expected: string, found: string) => void,
): void {
  list?.forEach((entry, at) => {
    if (!pattern.test(entry)) say(`${where}[${at}]`, expected, entry);
  });
}
