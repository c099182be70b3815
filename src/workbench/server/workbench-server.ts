/**
 * Serves the workbench's pages and the gateway under one origin, on this computer only.
 *
 * The gateway is not changed: the proxy adds the spreadsheet around the pane and the script with the emulated Excel.
 * @module
 */
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import httpProxy from "@fastify/http-proxy";
import fastifyStatic from "@fastify/static";
import Fastify from "fastify";

/** The gateway that runs behind the workbench. */
export interface InnerGateway {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

export interface WorkbenchServerOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  /** The folder of the built page; default: `page` beside the folder of the built server. */
  readonly pageFolder?: string;
  /** Where the tokens of Excel's own account come from, with the person; Excel gives none where left out. */
  readonly account?: string | undefined;
  /** @param origin the gateway's public origin */
  readonly startGateway: (origin: string) => Promise<InnerGateway>;
}

export interface WorkbenchServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The part of a reply that is needed to break its connection. */
interface BreakableReply {
  readonly raw: { destroy(): unknown };
  hijack(): unknown;
}

/** Before office.js, which looks for its host as soon as it runs. */
const bridgeFor = (account = "") =>
  `<script src="/workbench/bridge.js"${account && ` data-account="${account}"`}></script>`;

/** @throws Error with code EADDRINUSE when the port is taken; any error of `startGateway` */
export async function startWorkbench(options: WorkbenchServerOptions): Promise<WorkbenchServer> {
  const { pageFolder = path.join(import.meta.dirname, "../page") } = options;
  const app = Fastify({
    return503OnClosing: true,
    // A browser also opens connections that it does not use yet; closing would wait for them for a minute.
    forceCloseConnections: true,
  });
  let gateway: InnerGateway | undefined;
  let origin = "";

  app.addHook("onRequest", async (request, reply) => {
    // Stops DNS rebinding: a foreign name that resolves to this computer gets nothing.
    if (`http://${request.host}` !== origin)
      return reply.code(421).send({ error: `Open ${origin} instead.` });
    if (request.url === "/") return reply.redirect("/workbench/");
  });
  await app.register(fastifyStatic, {
    root: pageFolder,
    prefix: "/workbench/",
    index: "workbench.html",
    // Chunks are named by their content; all other files are always revalidated.
    setHeaders: (reply, file) => {
      if (file.startsWith(path.join(pageFolder, "chunks")))
        void reply.header("Cache-Control", "public, max-age=31536000, immutable");
    },
  });

  const toGateway = {
    upstream: "",
    replyOptions: {
      getUpstream: () => `http://127.0.0.1:${gateway?.port}`,
      // A dead gateway looks like a lost network, as it would in Excel.
      onError: (reply: BreakableReply) => {
        reply.hijack();
        reply.raw.destroy();
      },
      // The gateway answers only under its own name, which is this origin.
      rewriteRequestHeaders: (_request: unknown, headers: object) => ({
        ...headers,
        host: new URL(origin).host,
      }),
    },
  };
  for (const page of ["/taskpane.html", "/sign-in/dialog.html"]) {
    await app.register(httpProxy, {
      ...toGateway,
      prefix: page,
      rewritePrefix: page,
      replyOptions: {
        ...toGateway.replyOptions,
        onResponse: (_request, reply, response) => {
          void text(response.stream as Readable).then((html) => {
            reply.removeHeader("content-length");
            void reply.send(html.replace(/<script\b/, `${bridgeFor(options.account)}\n    $&`));
          });
        },
      },
    });
  }
  await app.register(httpProxy, { ...toGateway, prefix: "/" });

  await app.listen({ port: options.port, host: "localhost" });
  origin = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  try {
    gateway = await options.startGateway(origin);
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    url: origin,
    async close() {
      await app.close();
      await gateway?.close();
    },
  };
}
