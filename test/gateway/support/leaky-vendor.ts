/**
 * An upstream that leaks everything it knows: every answer contains the token, the secret and foreign tokens, in the
 * body, the headers, the reason phrase or the redirect.
 * @module
 */
import type { ServerResponse } from "node:http";
import { isTokenRequest, type Received, sendToken, startUpstream, type Upstream } from "./upstream.ts";

/** A token not issued here, recognisable only by its form. */
export const foreignToken = jwt("foreign");

/** An unsigned token that looks like Entra's. */
export function jwt(subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", alg: "RS256" })}.${part({ sub: `planted ${subject}` })}.${part({ sig: subject })}`;
}

/** What the vendor knows when it answers. */
interface Knowledge {
  /** The token of this request, the secret, and a foreign token. */
  readonly leak: readonly string[];
  readonly path: string;
}

type Leak = (knowledge: Knowledge, response: ServerResponse) => void;

const headersWith = (leak: readonly string[], more: object = {}) => ({
  "content-type": "application/json",
  "x-echo": leak.join(" "),
  "set-cookie": leak.map((text, at) => `leak${at}=${text}`),
  "www-authenticate": `Bearer realm="${leak.join(" ")}"`,
  ...more,
});

/** Sends a status with leaks in its reason phrase, headers and body. */
const refuse =
  (status: number, more: object = {}): Leak =>
  ({ leak }, response) => {
    const text = leak.join(" ");
    response.writeHead(status, `No ${text}`, headersWith(leak, more));
    response.end(JSON.stringify({ statusCode: status, message: `No: ${text}`, error: { message: text } }));
  };

const document = (leak: readonly string[]) => ({
  id: { entityId: leak[0], entityVariant: "Own" },
  data: Object.fromEntries([
    ["name", `Forecourt ${leak.join(" ")}`],
    ["importCode", leak[1]],
    ...leak.map((text, at) => [`${text}${at}`, text]),
  ]) as object,
});

/** The same JSON with some characters of its strings escaped. */
const withEscapes = (json: string) =>
  json.replace(/[eyJop.]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);

const goodAnswer =
  (write: (json: string) => string): Leak =>
  ({ leak, path }, response) => {
    response.writeHead(200, `OK ${leak.join(" ")}`, headersWith(leak));
    const [token, secret = ""] = leak;
    const body = path.startsWith("/api/status")
      ? {
          token,
          clientId: secret,
          audience: leak,
          issuer: leak.join("/"),
          version: token,
          tenantId: `${secret} x`,
        }
      : /offset=[1-9]/.test(path)
        ? []
        : [document(leak), null, document([...leak].reverse())];
    response.end(write(JSON.stringify(body)));
  };

/** The Data API's ways to answer, by name. */
export const dataLeaks: Readonly<Record<string, Leak>> = {
  "good answers": goodAnswer((json) => json),
  "good answers with JSON's escapes": goodAnswer(withEscapes),
  "a refused query with JSON's escapes": ({ leak }, response) =>
    response.writeHead(400).end(withEscapes(JSON.stringify({ message: `No: ${leak.join(" ")}` }))),
  "a refused query": refuse(400),
  "a refused token": refuse(401),
  forbidden: refuse(403),
  "not found": refuse(404),
  throttled: refuse(429, { "retry-after": "60" }),
  "a fault of its own": refuse(500),
  unavailable: refuse(503, { "retry-after": "2" }),
  "a redirect": ({ leak }, response) =>
    response
      .writeHead(307, { location: `https://elsewhere.invalid/?token=${leak[0]}&secret=${leak[1]}` })
      .end(),
  "a page": ({ leak }, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(`<html>${leak.join(" ")}</html>`),
  "plain text": ({ leak }, response) =>
    response.writeHead(400, { "content-type": "text/plain" }).end(leak.join(" ")),
  "no JSON": ({ leak }, response) => response.writeHead(200).end(`[{"token": "${leak.join('","')}"},`),
  "a list of texts": ({ leak }, response) => response.writeHead(200).end(JSON.stringify(leak)),
  "half an answer": ({ leak }, response) => {
    response.writeHead(200, { "content-length": "100000" });
    response.write(JSON.stringify(leak), () => response.destroy());
  },
  "no answer": (_, response) => void response.destroy(),
};

/** The identity provider's ways to answer, by name; `leak` holds the secret and a foreign token. */
export const tokenLeaks: Readonly<Record<string, Leak>> = {
  "a wrong secret": ({ leak }, response) => {
    const text = leak.join(" ");
    response.writeHead(401, `No ${text}`, headersWith(leak));
    response.end(
      JSON.stringify({
        error: "invalid_client",
        error_description: `AADSTS7000215: ${text}`,
        error_codes: [7000215],
        trace_id: leak[0],
        correlation_id: leak[1],
        error_uri: `https://login.invalid/?secret=${leak[0]}`,
      }),
    );
  },
  "an error word that is the secret": ({ leak }, response) =>
    response.writeHead(400, headersWith(leak)).end(JSON.stringify({ error: leak.join(" ") })),
  "too many requests": ({ leak }, response) =>
    response.writeHead(429, { "retry-after": "1" }).end(leak.join(" ")),
  "a redirect": refuse(307, { location: "https://elsewhere.invalid/" }),
  "a page": ({ leak }, response) => response.writeHead(503).end(`<html>${leak.join(" ")}</html>`),
  "no answer": (_, response) => void response.destroy(),
};

export interface LeakyVendor extends Upstream {
  /** Every issued token. */
  readonly tokens: readonly string[];
  /** The row of `dataLeaks` to answer with. */
  data: string;
  /** The row of `tokenLeaks` to answer with; undefined: issue tokens. */
  token: string | undefined;
}

/** @param secretOf returns the secret, which a data request itself does not carry. */
export async function startLeakyVendor(secretOf: () => string): Promise<LeakyVendor> {
  const tokens: string[] = [];
  const state: { data: string; token: string | undefined } = { data: "good answers", token: undefined };
  const upstream = await startUpstream((request, response) => {
    if (!isTokenRequest(request)) {
      const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
      return dataLeaks[state.data]!(
        { leak: [token, secretOf(), foreignToken], path: request.path },
        response,
      );
    }
    if (state.token !== undefined)
      return tokenLeaks[state.token]!(
        { leak: [secretIn(request), foreignToken], path: request.path },
        response,
      );
    // All but the first are opaque: they can be found only by comparison with the known token.
    const token = tokens.length === 0 ? jwt(String(tokens.length)) : `opaque.planted-${tokens.length}.Jk29Lm`;
    tokens.push(token);
    sendToken(response, token);
  });
  return Object.assign(state, upstream, { tokens });
}

const secretIn = ({ body }: Received) => new URLSearchParams(body).get("client_secret") ?? "";
