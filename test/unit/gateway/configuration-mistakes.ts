import { ConfigurationError } from "../../../src/gateway/configuration/issues.ts";
import { readConfiguration } from "../../../src/gateway/configuration.ts";

export function mistakesOf(environment: Record<string, string>) {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues;
    throw error;
  }
  return [];
}
