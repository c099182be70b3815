/**
 * Checks for names that look like settings and are none: a service ignores them.
 * @module
 */
import { didYouMean } from "../../kalibrate/nearest.ts";
import { type Variable, variables } from "../configuration/variables.ts";
import { advice, type CheckContext, type Finding } from "./finding.ts";

const settings = Object.values<Variable>(variables).flatMap(({ name, secret }) =>
  secret ? [name, `${name}_FILE`] : [name],
);

export function checkNames({ configuration, environment }: CheckContext): Finding[] {
  const secrets = configuration.connections.flatMap(({ secret, nextSecret }) => [
    secret.env,
    nextSecret?.env,
  ]);
  const known = new Set<string | undefined>([...settings, ...secrets]);
  return Object.keys(environment)
    .filter((name) => name.startsWith("KAL_") && !known.has(name))
    .map((name) => advice(name, `is not a setting.${didYouMean(name, settings)}`));
}
