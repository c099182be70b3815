/**
 * The provider's own pages: where a person chooses who they are, and the tokens of Excel's own account.
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { HostToken } from "./host-token.ts";
import type { OpenIdProvider } from "./openid-provider.ts";
import type { Person, PersonName } from "./people.ts";

type People = Readonly<Record<PersonName, Person>>;

function findByName(people: People, name: string): Person | undefined {
  return new Map<string, Person>(Object.entries(people)).get(name);
}

/** The page of an interaction, and the result of its form. */
export async function showPeople(
  openId: OpenIdProvider,
  request: IncomingMessage,
  response: ServerResponse,
  people: People,
): Promise<void> {
  if (request.method === "POST") {
    const person = findByName(people, new URLSearchParams(await text(request)).get("person") ?? "");
    if (person) return openId.finish(request, response, person.objectId);
  }
  const buttons = Object.entries(people).map(
    ([id, { name, roles }]) =>
      `<button name="person" value="${id}"><b>${name}</b> ${roles.join(", ") || "no role"}</button>`,
  );
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(`<!doctype html><html lang="en-GB"><meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Who signs in?</title>
<style>
  body { font: 16px system-ui, sans-serif; color-scheme: light dark; max-width: 24em; margin: 2em auto; padding: 0 1em }
  form { display: grid; gap: 0.5em } button { font: inherit; padding: 0.75em; text-align: start }
</style>
<h1>Who signs in?</h1>
<p>These people are invented. In your organisation this is the page of Microsoft Entra.</p>
<form method="post">${buttons.join("")}</form></html>`);
}

/** `POST /host/token` with `{person}`. */
export async function answerHostToken(
  request: IncomingMessage,
  response: ServerResponse,
  people: People,
  hostToken: (person: Person) => Promise<HostToken>,
): Promise<void> {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", "content-type");
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  const { person: name = "" } = JSON.parse((await text(request)) || "{}") as { person?: string };
  const person = findByName(people, name);
  if (!person) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(await hostToken(person)));
}
