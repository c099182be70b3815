import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../src/gateway/configuration.ts";
import { listen } from "../../src/gateway/listen.ts";
import { openAudit } from "../../src/gateway/observe/audit.ts";
import { createMetrics } from "../../src/gateway/observe/metrics.ts";
import { buildServer } from "../../src/gateway/server.ts";
import { formatTicket, newTicket } from "../../src/gateway/sessions/ticket.ts";
import { recordingLog } from "../unit/gateway/support.ts";
import { codeOf, send } from "./support/send.ts";

/** A well-formed ticket without a session. */
const ticket = formatTicket(newTicket());

describe("deny by default", () => {
  /** The few public routes; adding one is a deliberate decision. */
  const publicRoutes = [
    "GET /api/v1/environments",
    "GET /api/v1/openapi.json",
    "POST /api/v1/session",
    "GET /api/v1/sign-in",
    "POST /api/v1/sign-in",
  ];

  /** Pages, their files, and health. */
  const openRoutes = [
    "/",
    "/*",
    "*",
    "/taskpane.html",
    "/sign-in/dialog.html",
    "/functions.json",
    "/shortcuts.json",
    "/health/live",
    "/health/ready",
  ];

  it("holds for every route that is registered", async () => {
    const { log } = recordingLog();
    const routes: string[] = [];
    // The real application with few services: a request that got through to any other would fail.
    const metrics = createMetrics("test");
    const services = { sessions: { find: async () => undefined }, metrics };
    const configuration = readConfiguration({});
    const app = await buildServer({
      configuration,
      services: services as never,
      audit: openAudit({ settings: configuration.audit, log, now: Date.now }),
      log,
      addinFolder: import.meta.dirname,
    });
    // A future route whose author has not thought of protection, outside the API's paths.
    app.get("/tomorrow", async () => "secrets");
    await app.ready();
    for (const [, path, methods] of listRoutes(app.printRoutes({ commonPrefix: false }))) {
      if (openRoutes.includes(path!)) continue;
      for (const method of methods!.split(", ")) if (method !== "HEAD") routes.push(`${method} ${path}`);
    }
    expect(routes).toEqual(
      expect.arrayContaining([...publicRoutes, "GET /api/v1/status", "POST /api/v1/query", "GET /tomorrow"]),
    );

    const listening = await listen((request, response) => app.routing(request, response), {
      addresses: ["127.0.0.1"],
      port: 0,
      tls: undefined,
      settings: { addresses: "KAL_BIND", port: "KAL_PORT" },
      onError: () => undefined,
    });
    const host = `localhost:${listening.port}`;
    try {
      for (const route of routes) {
        const [method = "", path = ""] = route.split(" ");
        const target = { method, port: listening.port };
        const unmarked = await send(path, { host, authorization: `Bearer ${ticket}` }, target);
        expect([route, unmarked.status]).toEqual([route, 403]);
        if (publicRoutes.includes(route)) continue;
        const without = await send(path, { host, "x-kal-request": "1" }, target);
        expect([route, without.status, codeOf(without)]).toEqual([route, 401, "KAL_NOT_CONNECTED"]);
        const dead = await send(
          path,
          { host, "x-kal-request": "1", authorization: `Bearer ${ticket}` },
          target,
        );
        expect([route, dead.status, codeOf(dead)]).toEqual([route, 401, "KAL_SESSION_ENDED"]);
      }
    } finally {
      await listening.close();
      await app.close();
    }
  });
});

/** Fastify prints `├── /api/v1/status (GET, HEAD)`: parents first, children as the rest of the path. */
function listRoutes(tree: string): string[][] {
  const stack: { depth: number; path: string }[] = [];
  const rows: string[][] = [];
  for (const line of tree.split("\n")) {
    const [, indent, part, methods] = /^([│├└─\s]*)(\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    if (indent === undefined || part === undefined || (part === "" && methods === undefined)) continue;
    while (stack.length > 0 && stack.at(-1)!.depth >= indent.length) stack.pop();
    const path = (stack.at(-1)?.path ?? "") + part;
    stack.push({ depth: indent.length, path });
    if (methods) rows.push([line, path, methods]);
  }
  return rows;
}
