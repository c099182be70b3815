/**
 * One run through everything a person can do, right and wrong; then every place where something is written is
 * searched for every secret, ticket and token that was used.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withFolder } from "./support/gateway.ts";
import { connectBody, planted, withOwnEnvironment } from "./support/own-environment.ts";
import {
  isTokenRequest,
  sendJson,
  sendStatus,
  sendToken,
  startUpstream,
  type Upstream,
} from "./support/upstream.ts";

let upstream: Upstream;
const tokens: string[] = [];

beforeEach(async () => {
  upstream = await startUpstream((request, response) => {
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    if (isTokenRequest(request)) {
      const secret = new URLSearchParams(request.body).get("client_secret");
      if (secret?.includes("wrong")) {
        const error_description = `AADSTS7000215: ${secret}`;
        return sendJson(response, 401, {
          error: "invalid_client",
          error_description,
          error_codes: [7000215],
        });
      }
      const issued = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(`planted ${tokens.length}`).toString("base64url")}.c2ln`;
      tokens.push(issued);
      return sendToken(response, issued);
    }
    if (request.path.startsWith("/api/status")) return sendStatus(response, token);
    // Everything an upstream could echo.
    response.setHeader("x-echo", token);
    return sendJson(response, 400, { message: `No: ${request.path} ${token} ${planted.clientSecret}` });
  });
});

afterEach(() => upstream.close());

it("no secret, ticket or token is in an answer, in the log or in the session file", () =>
  withFolder(async (folder) => {
    const sessionFile = path.join(folder, "sessions.json");
    const tickets: string[] = [];
    const answers: string[] = [];
    const other = "another~planted.secret-Qw52";
    const wrong = "wrong~planted.secret-Rt63";

    const log = await withOwnEnvironment(
      { authority: upstream.origin, api: upstream.origin },
      async (gateway) => {
        const call = async (method: string, address: string, more: object = {}) => {
          const answer = await gateway.call(method, address, more);
          answers.push(JSON.stringify(answer.headers), answer.text);
          return answer;
        };
        const connected = await gateway.connect(connectBody);
        tickets.push(connected.ticket);
        answers.push(JSON.stringify({ ...connected, ticket: "" }));
        const { ticket } = connected;
        await call("POST", "/api/v1/session", { body: { ...connectBody, clientSecret: wrong } });
        await call("POST", "/api/v1/session", { body: { ...connectBody, [wrong]: wrong } });
        await call("POST", "/api/v1/session", { body: `{"clientSecret":"${wrong}` });
        await call("POST", `/api/v1/session?clientSecret=${wrong}`, {
          body: { ...connectBody, environment: wrong },
        });
        await call("GET", "/api/v1/status", { ticket });
        await call("GET", `/api/v1/status?connection=x&secret=${wrong}`, { ticket });
        await call("GET", `/api/v1/nowhere/${wrong}?ticket=${ticket}`, { ticket });
        await call("GET", `/%ff${wrong}`);
        const body = { collection: "price", query: "(entityVariant=Own)" };
        await call("POST", "/api/v1/query", { ticket, body });
        await call("PUT", "/api/v1/session/secret", { ticket, body: { clientSecret: wrong } });
        await call("PUT", "/api/v1/session/secret", { ticket, body: { clientSecret: other } });
        await call("GET", "/api/v1/connections", { ticket });
        const stored = await readFile(sessionFile, "utf8");
        answers.push(stored);
        await call("DELETE", "/api/v1/session", { ticket });
        await call("GET", "/api/v1/connections", { ticket });
        return () => gateway.log();
      },
      { variables: { KAL_SESSION_FILE: sessionFile } },
    );

    expect(tokens.length).toBeGreaterThanOrEqual(2);
    const secrets = [planted.clientSecret, other, wrong, ...tickets, ...tokens];
    const halves = tickets.flatMap((ticket) => [ticket.slice(4, 26), ticket.slice(27)]);
    const written = [...answers, log()];
    expect(log()).toContain('"route":"/api/v1/session"');
    for (const text of written) {
      for (const secret of [...secrets, ...halves]) expect(text).not.toContain(secret);
      // Nothing that looks like a token either, and no header that carries one.
      expect(text).not.toMatch(/eyJ[\w-]+\.|authorization/i);
    }
    // The log holds no query strings and no bodies.
    expect(log()).not.toMatch(/[?&]\w+=|entityVariant|clientSecret/);
  }));
