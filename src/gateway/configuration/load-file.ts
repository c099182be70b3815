/**
 * Loads the file that `KAL_CONFIG` names and validates it against its schema.
 * @module
 */
import { readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { type ConfigurationFile, configurationFile } from "./file-schema.ts";
import type { Issue } from "./issues.ts";

const schema = Compile(configurationFile);

/** @returns an empty configuration if the file cannot be used; the reasons are added to `issues`. */
export function loadFile(path: string, issues: Issue[]): ConfigurationFile {
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
  const errors = schema.Errors(content);
  const say = (where: string, expected: string) => issues.push({ path: `${path}: ${where}`, expected });
  for (const error of errors) {
    const where = readable(error.instancePath);
    switch (error.keyword) {
      case "additionalProperties":
        for (const key of error.params.additionalProperties) {
          say([where, key].filter(Boolean).join("."), "no such key");
        }
        break;
      case "anyOf": // Only choices between texts use it.
        say(where, errors.flatMap((other) => allowedValue(other, error.instancePath)).join(" or "));
        break;
      case "boolean": // A second report of the same unknown key.
      case "const": // anyOf reports it.
        break;
      default:
        say(where, error.message.replace(/^must /, "it to "));
    }
  }
  return {};
}

type SchemaError = ReturnType<typeof schema.Errors>[number];

function allowedValue(error: SchemaError, instancePath: string): string[] {
  return error.keyword === "const" && error.instancePath === instancePath
    ? [JSON.stringify(error.params.allowedValue)]
    : [];
}

/** `/environments/0/id` -> `environments[0].id` */
function readable(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".");
}
