/**
 * The add-in's pages. Manifest and saved workbooks contain their addresses, so these never change.
 * @module
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { SignInSettings } from "../../kalibrate/gateway-api.ts";
import type { OfficeJs } from "../configuration.ts";
import { variables } from "../configuration/variables.ts";
import { protocolOf } from "../hooks/allowed-hosts.ts";
import { version } from "../version.ts";

export interface PagesOptions {
  /** Folder of the built add-in. */
  readonly folder: string;
  readonly officeJs: OfficeJs;
  /** The configured origin; undefined: the one of the request. */
  readonly origin: string | undefined;
  /** How people connect, embedded for the pane, so that it need not request this first. */
  readonly signIn: SignInSettings;
  /** Of the functions in formulas. */
  readonly namespace: string;
}

/** `functions.3f2a….js`: a file named by its content can be cached forever. */
const hashed = /\.[0-9a-f]{16,}\.[a-z0-9.]+$/;

/** For pages, which the API's description omits. */
const hidden = { config: { access: "open" }, schema: { hide: true } } as const;

export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { folder, officeJs, origin, signIn, namespace } = options;
  const scriptUrl = "url" in officeJs ? officeJs.url : "/office-js/office.js";
  const shared = {
    // Only the help has a start page; manifest and pane link to its folder.
    index: "index.html",
    redirect: true,
    dotfiles: "ignore" as const,
    cacheControl: false,
    setHeaders: (reply: FastifyReply, file: string) => {
      reply.header("cache-control", hashed.test(file) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  };
  await app.register(async (files) => {
    // The plugin creates these routes, so their access is set here.
    files.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "open" };
    });
    await files.register(fastifyStatic, { ...shared, root: path.resolve(folder), prefix: "/" });
    if (!("folder" in officeJs)) return;
    await files.register(fastifyStatic, {
      ...shared,
      root: path.resolve(officeJs.folder),
      prefix: "/office-js/",
      decorateReply: false,
    });
  });

  // `npm start` prints the bare address; people who open it want the pane.
  app.get("/", hidden, async (_request, reply) => reply.redirect("/taskpane.html"));

  const values: Readonly<Record<string, string>> = {
    OFFICE_JS: scriptUrl.replaceAll('"', "%22"),
    // Empty if people can only type credentials, so that the page can simply test whether it is set.
    SIGN_IN: signIn.provider || !signIn.typedCredentials ? JSON.stringify(signIn) : "",
    NAMESPACE: namespace === variables.namespace.default ? "" : namespace,
  };
  for (const name of ["taskpane.html", "sign-in/dialog.html"]) {
    app.get(`/${name}`, hidden, async (_request, reply) => {
      const page = await readBuilt(folder, name);
      return reply
        .header("cache-control", "no-cache")
        .type("text/html; charset=utf-8")
        .send(page.replaceAll(/%([A-Z_]+)%/g, (text, key: string) => inAttribute(values[key] ?? text)));
    });
  }

  // Excel on the web fetches these two from pages of its own origin.
  const anyOrigin = { ...hidden, config: { ...hidden.config, anyOrigin: true } };

  app.get("/shortcuts.json", anyOrigin, async (_request, reply) =>
    sendToAnyOrigin(reply, await readBuilt(folder, "shortcuts.json")),
  );

  app.get("/functions.json", anyOrigin, async (request, reply) => {
    const metadata = JSON.parse(await readBuilt(folder, "functions.json")) as FunctionsMetadata;
    const own = origin ?? `${protocolOf(request)}://${request.host}`;
    return sendToAnyOrigin(reply, JSON.stringify(withHelp(metadata, own)));
  });
}

/** Escapes a text for an attribute in double quotes. */
function inAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function sendToAnyOrigin(reply: FastifyReply, json: string): FastifyReply {
  return (
    reply
      .header("cache-control", "no-cache")
      .header("access-control-allow-origin", "*")
      // A page that stays open over an upgrade sees by it that it is old.
      .header("x-kal-version", version)
      .type("application/json; charset=utf-8")
      .send(json)
  );
}

interface FunctionsMetadata {
  readonly functions?: readonly { readonly helpUrl?: string }[];
}

/** Excel opens a help page in a browser, so its address must be absolute. */
function withHelp(metadata: FunctionsMetadata, origin: string): FunctionsMetadata {
  const functions = metadata.functions?.map((functionItem) =>
    functionItem.helpUrl?.startsWith("/")
      ? { ...functionItem, helpUrl: `${origin}${functionItem.helpUrl}` }
      : functionItem,
  );
  return functions ? { ...metadata, functions } : metadata;
}

async function readBuilt(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), "utf8");
  } catch (error) {
    throw new KalError("KAL_GATEWAY_INTERNAL", {
      message: `The add-in’s ${name} is missing.`,
      hint: "Build the add-in: npm run build.",
      cause: error,
    });
  }
}
