/**
 * Hostile input, as tables, sent to the real service over HTTP. `npm run docs` writes the results into
 * docs/hostile-input.md; this test compares that page.
 *
 * In addition, no case may cause a request to an upstream, reveal what was planted, or harm the service.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Agent, buildConnector } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { startTestGateway, type TestGateway, withFolder } from "../support/gateway.ts";
import { type RawAnswer, send } from "../support/send.ts";
import { bodies } from "./bodies.ts";
import { headers, type Headers } from "./headers.ts";
import type { Group } from "./hostile-input.ts";
import { hosts } from "./hosts.ts";
import { paths } from "./paths.ts";
import { tenants } from "./tenants.ts";

let simulator: Simulator;
let gateway: TestGateway;
let ticket: string;
let finish: () => void;
let finished: Promise<void>;

/** Hosts other than the simulator to which a connection was made: must stay empty. */
const reached: string[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  const connector = buildConnector({});
  const dispatcher = new Agent({
    connect: (options, done) => {
      if (`http://${options.hostname}:${options.port}` === simulator.origin) return connector(options, done);
      reached.push(options.hostname);
      done(new Error("nobody is reached from a test"), null);
    },
  });
  await new Promise<void>((ready, fail) => {
    finished = withFolder(async (folder) => {
      const addinFolder = path.join(folder, "addin");
      mkdirSync(path.join(addinFolder, "assets"), { recursive: true });
      for (const file of ["taskpane.html", "functions.json"])
        writeFileSync(path.join(addinFolder, file), "{}");
      for (const file of ["planted.txt", "addin/.env", "addin/assets/.env"])
        writeFileSync(path.join(folder, file), "planted");
      gateway = await startTestGateway({
        sampleEnvironment: simulator.environment,
        dispatcher,
        addinFolder,
        variables: { KAL_ORIGIN: "https://kal.example.com", KAL_FAILED_CONNECTS: "10000" },
      });
      ({ ticket } = await gateway.connect({ environment: "sample" }));
      simulator.clearRequests();
      ready();
      await new Promise<void>((done) => (finish = done));
      await gateway.close();
      await dispatcher.destroy();
    });
    finished.catch(fail);
  });
});

afterAll(async () => {
  finish();
  await finished;
  await simulator.close();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: string;
}

/** Sends a request that is valid except for the given parts. */
function call({ method, path: address, headers: own = {}, body }: Sent): Promise<RawAnswer> {
  const all: Headers = {
    host: "localhost:PORT",
    "x-kal-request": "1",
    authorization: "Bearer TICKET",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...own,
  };
  const filled = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "string" ? fill(value) : value.map(fill)] as const],
  );
  return send(address, Object.fromEntries(filled), { port: gateway.port, method, body });
}

const fill = (text: string) => text.replaceAll("PORT", String(gateway.port)).replaceAll("TICKET", ticket);

const typed = { clientId: "planted-client", clientSecret: "planted-secret", scope: "api://planted/.default" };
const connecting = (body: object): Sent => ({
  method: "POST",
  path: "/api/v1/session",
  body: JSON.stringify({ ...typed, ...body }),
});

function toSent(text: string): Sent {
  const [method = "", ...address] = text.split(" ");
  return { method, path: address.join(" ") };
}

/** A kind of input, with how it is shown on the page and how it is sent. */
interface Kind<T> {
  readonly title: string;
  readonly groups: readonly Group<T>[];
  readonly show: (input: T) => string;
  readonly send: (input: T) => Sent;
}

const kind = <T>(kind: Kind<T>): Kind<unknown> => kind as Kind<unknown>;

const kinds = [
  kind({
    title: "Base URLs",
    groups: hosts,
    show: show,
    send: (apiBaseUrl) => connecting({ apiBaseUrl, tenant: "example.com" }),
  }),
  kind({
    title: "Tenants",
    groups: tenants,
    show: show,
    send: (tenant) => connecting({ environment: "sandpit", tenant }),
  }),
  kind({
    title: "Headers",
    groups: headers,
    show: (item) =>
      Object.entries(item)
        .map(([name, value]) => `${name}: ${value === undefined ? "(missing)" : show(value)}`)
        .join(", "),
    send: (own) => ({ method: "GET", path: "/api/v1/connections", headers: own }),
  }),
  kind({
    title: "Bodies",
    groups: bodies,
    show: ({ call: name, body, type }) =>
      `${name} ${type === undefined ? "" : `as ${show(type)} `}${show(body)}`,
    send: ({ call: name, body, type }) => ({
      ...toSent(name),
      ...(type === undefined ? {} : { headers: { "content-type": type } }),
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  }),
  kind({ title: "Addresses", groups: paths, show: (text) => cut(visible(text)), send: toSent }),
];

function show(value: unknown): string {
  return cut(visible(JSON.stringify(value)));
}

/** Replaces characters that a page cannot show by their code. */
function visible(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function cut(text: string): string {
  return text.length > 90 ? `${text.slice(0, 70)}… (${text.length} characters)` : text;
}

/** The page's sections, added as the tests run. */
const sections: string[] = [];

describe.each(kinds)("$title", ({ title, groups, show: toText, send: toRequest }) => {
  const rows: string[] = [];

  it.each(groups)("$what", async ({ what, answered, inputs }) => {
    const [status, code] = answered;
    const found = [];
    for (const input of inputs) {
      const answer = await call(toRequest(input));
      found.push([toText(input), answer.status, codeIn(answer)]);
      expect(answer.text).not.toMatch(/planted/);
      expect(JSON.stringify(answer.headers)).not.toMatch(/planted|access-control|set-cookie|evil/i);
      const said = codeIn(answer);
      rows.push(`| ${what} | ${inCell(toText(input))} | ${answer.status}${said ? ` \`${said}\`` : ""} |`);
    }
    expect(found).toEqual(inputs.map((input) => [toText(input), status, code]));
    expect(simulator.requests).toEqual([]);
    expect(reached).toEqual([]);
  });

  it("leaves the service healthy", async () => {
    expect((await call({ method: "GET", path: "/api/v1/connections" })).status).toBe(200);
    expect(gateway.log()).not.toMatch(/unforeseen error|planted/);
    sections.push(
      `## ${title}\n\n${rows.length} cases.\n\n| what | sent | answered |\n|---|---|---|\n${rows.join("\n")}\n`,
    );
  });
});

it("docs/hostile-input.md shows the results", async () => {
  const count = kinds.flatMap(({ groups }) => groups.flatMap(({ inputs }) => inputs)).length;
  expect(count).toBeGreaterThanOrEqual(200);
  await expect(`# Hostile input

Written by \`test/gateway/hostile/hostile-input.test.ts\` (\`npm run docs\`): ${count} cases, sent over HTTP to the real service with its sample environment. The inputs are in tables in \`test/gateway/hostile/\`.

In every case the answer contained no part of the planted secret, no CORS header and no cookie. The service sent no request to an upstream, in particular none that the input names; it logged nothing unexpected, and answered the next call as usual. PORT is the service’s own port, TICKET a valid ticket.

${sections.join("\n")}`).toMatchFileSnapshot("../../../docs/hostile-input.md");
});

function codeIn({ text }: RawAnswer): string | undefined {
  try {
    return (JSON.parse(text) as { error?: { code?: string } }).error?.code;
  } catch {
    return undefined;
  }
}

/** Code in a table cell. */
function inCell(text: string): string {
  return `\`\` ${text.replaceAll("|", "\\|")} \`\``;
}
