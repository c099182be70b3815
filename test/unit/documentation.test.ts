/**
 * Pages that are written from the code's own tables. `npm run docs` writes them; here they are held true.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { configurationFile } from "../../src/gateway/configuration/file-schema.ts";
import { type Variable, variables } from "../../src/gateway/configuration/variables.ts";
import { createMetrics } from "../../src/gateway/observe/metrics.ts";
import { errorCatalogue, errorCodes } from "../../src/kalibrate/errors.ts";
import { alerts, ruleFile } from "../support/alerts.ts";
import { limitsPage } from "../support/limits-page.ts";
import { type PublicCase, publicCases } from "../support/public-cases.ts";

it("docs/errors.md is the error catalogue", async () => {
  const rows = errorCodes.map((code) => {
    const { status, excel, message, hint, retryable } = errorCatalogue[code];
    return `| \`${code}\` | ${excel} | ${status ?? "–"} | ${message} | ${hint} | ${retryable ? "yes" : "no"} |`;
  });
  await expect(`# Errors

Written from \`src/kalibrate/errors.ts\` by \`npm run docs\`. “Status” is the gateway's HTTP status; where it is missing, only the add-in raises the error. “Again” says whether the same call may succeed later without a change. \`KAL_REQUEST_INVALID\` is also sent as 403, 404, 413, 415 and 421.

| code | cell | status | what happened | what to do | again |
|---|---|---|---|---|---|
${rows.join("\n")}
`).toMatchFileSnapshot("../../docs/errors.md");
});

it("the help page of errors is the error catalogue", async () => {
  const rows = errorCodes.map((code) => {
    const { excel, message, hint } = errorCatalogue[code];
    return `            <tr>
              <td><code>${code.replaceAll("_", "_<wbr />")}</code></td>
              <td>${excel}</td>
              <td>${message} ${hint}</td>
            </tr>`;
  });
  await expect(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>KAL errors</title>
    <link rel="icon" href="/assets/icon-32.png" />
    <link rel="stylesheet" href="/help/help.css" />
  </head>
  <body>
    <nav aria-label="Help"><a href="/help/">Start</a><a href="/help/functions.html">Functions</a></nav>
    <main>
      <h1>Errors</h1>
      <p>
        Click the small icon beside the cell to read the error; its text ends with the code. #N/A means that Kalibrate has no such
        data. Every failure is #VALUE!, so an outage never looks like a missing price.
      </p>
      <p>
        Some versions of Excel show their own text, or none until you point at the icon. The section Activity of the Kalibrate
        pane lists every formula that failed, with the reason and the address of its cell.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Code</th>
              <th>Cell</th>
              <th>What happened, and what to do</th>
            </tr>
          </thead>
          <tbody>
${rows.join("\n")}
          </tbody>
        </table>
      </div>
    </main>
  </body>
</html>
`).toMatchFileSnapshot("../../src/addin/help/errors.html");
});

it("docs/configuration.md is the tables of the configuration", async () => {
  const rows = (Object.values(variables) as Variable[]).map(
    (variable) =>
      `| \`${variable.name}\` | ${variable.range} | ${defaultOf(variable)} | ${variable.meaning} |`,
  );
  await expect(`# Configuration

Written from \`src/gateway/configuration/\` by \`npm run docs\`. For one analyst on one computer you need no settings. If a setting is wrong, the service does not start and names every mistake.

## Environment variables

| name | takes | default | meaning |
|---|---|---|---|
${rows.join("\n")}

A key or URL that is a secret can also be in a file, for example of a container or of systemd: put the path into the variable with \`_FILE\` at its end, such as \`KAL_CACHE_KEY_FILE=/run/secrets/kal-cache-key\`.

Base URLs and identity providers must be https; plain http is accepted only on this computer, with \`KAL_ALLOW_LOOPBACK=1\`. \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\` (in either case, lower case first) apply to calls to Kalibrate and Entra. Write a proxy as \`http://proxy.example.com:8080\`; you can leave out the scheme. For Basic authentication add \`user:password@\`, with special characters percent-encoded. \`NO_PROXY\` lists hosts, with or without a port; subdomains are included, and \`*\` means every host. Networks such as 10.0.0.0/8 match nothing, because the hosts have names. The service also reads compressed answers, which it does not request (gzip, deflate, br; zstd from Node 22.15 on).

## The file that KAL_CONFIG names

JSON. Everything in it is optional. A key that is not in this table is an error.

| key | meaning | default |
|---|---|---|
${keysOf(configurationFile as Schema).join("\n")}
`).toMatchFileSnapshot("../../docs/configuration.md");
});

it("docs/monitoring.md is the table of metrics and that of alerts", async () => {
  const text = await createMetrics("0.0.0").text();
  const metrics = [...text.matchAll(/^# HELP (kal_\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
    ([, name, help, type]) => `| \`${name}\` | ${type} | ${help} |`,
  );
  const rows = alerts.map(
    ({ name, severity, minutes, means, todo }) =>
      `| ${name} | ${severity} | ${minutes > 0 ? `${minutes} min` : "at once"} | ${means} | ${todo} |`,
  );
  await expect(`# Monitoring

Written from \`src/gateway/observe/metrics.ts\` and \`test/support/alerts.ts\` by \`npm run docs\`. [deploy/prometheus](../deploy/prometheus) has the rules; each of them is tested with series at which it fires and at which it does not.

## Alerts

Prometheus scrapes the port \`KAL_METRICS_PORT\` of every service, as the job \`kal\`. Critical: somebody is called at once. Warning: look at it on the next working day. Days left of the certificate are not a metric: \`kal check\` says them, with its exit code for a daily job.

| alert | severity | after | what it means | what to do |
|---|---|---|---|---|
${rows.join("\n")}

## Metrics

Labels are routes, error codes and the ids of configured environments and connections: never a person, a client id or anything from a request. Those of Node and the process (\`nodejs_…\`, \`process_…\`) come from prom-client.

| metric | type | meaning |
|---|---|---|
${metrics.join("\n")}
`).toMatchFileSnapshot("../../docs/monitoring.md");
});

it("deploy/prometheus/kal.rules.yaml is the table of alerts", async () => {
  await expect(`# Written from test/support/alerts.ts by npm run docs. docs/monitoring.md explains each alert.
${stringify(ruleFile(), { lineWidth: 0 })}`).toMatchFileSnapshot("../../deploy/prometheus/kal.rules.yaml");
});

it("docs/limits.md has the figures of the code", async () => {
  await expect(limitsPage()).toMatchFileSnapshot("../../docs/limits.md");
});

it("docs/public-cases.md is the table of public cases", async () => {
  const rows = Object.entries<PublicCase>(publicCases)
    .filter(([, { shown }]) => shown !== "")
    .map(([id, { from, input, shown }]) => `| ${[id, from, input, shown].map(inTable).join(" | ")} |`);
  await expect(`# Public cases

Written from \`test/support/public-cases.ts\` by \`npm run docs\`. Problems that people reported in similar software, as inputs for KAL. The last column is exactly what KAL shows. Each row is a test with its name. A: data, B: arguments and filters, C: Excel, D: network. In a result, cells are separated by \\| and rows by /.

| # | from | input | what is shown |
|---|---|---|---|
${rows.join("\n")}
`).toMatchFileSnapshot("../../docs/public-cases.md");
});

it("each public case is claimed by one test", () => {
  const folder = path.resolve(import.meta.dirname, "..");
  const claimed = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(path.join(folder, file), "utf8").matchAll(/publicCase\(\s*"(\w+)"/g)])
    .map(([, id]) => id);
  const filled = Object.entries<PublicCase>(publicCases).filter(([, { shown }]) => shown !== "");
  expect(claimed.sort()).toEqual(filled.map(([id]) => id).sort());
});

const inTable = (text: string) => text.replaceAll("|", "\\|");

function defaultOf(variable: Variable): string {
  if (variable.default === undefined) return "–";
  const preset = variable.default as string | number | boolean | string[];
  return `\`${typeof preset === "boolean" ? Number(preset) : String(preset)}\``;
}

interface Schema {
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** A row for each key, those of an object or of a list's entries behind it. */
function keysOf(schema: Schema, before = ""): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const { description = "", default: preset, items } = property;
    return [
      `| \`${before}${key}\` | ${description} | ${preset === undefined ? "–" : `\`${JSON.stringify(preset)}\``} |`,
      ...keysOf(items ?? property, `${before}${key}${items ? "[]" : ""}.`),
    ];
  });
}
