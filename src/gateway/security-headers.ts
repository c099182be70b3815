/**
 * Response headers that tell browsers what our pages may do and which sites may frame them.
 * @module
 */
import { type IncomingMessage, ServerResponse } from "node:http";
import type { onRequestHookHandler } from "fastify";
import helmet from "helmet";
import type { Configuration } from "./configuration.ts";
import { isLoopbackUrl } from "./destinations.ts";

/**
 * Excel on the web shows the pane in a frame. Microsoft has no official list of the framing sites; these are the
 * ones that its people and add-in makers name.
 */
const officeSites = [
  "https://*.cloud.microsoft",
  "https://*.officeapps.live.com",
  "https://*.office.com",
  "https://*.sharepoint.com",
  "https://onedrive.live.com",
];

/**
 * Sets them on every answer. They are the same for all, so helmet writes them once.
 *
 * No X-Frame-Options (it cannot name several sites) and no Cross-Origin-Opener-Policy (it separates the pane from its
 * dialogs): with either, the add-in does not run in Excel on the web. Nothing that forces https if the service is
 * reached on this computer: such a rule would apply to every program on localhost.
 */
export function securityHeaders(
  configuration: Pick<Configuration, "officeJs" | "origin" | "frameAncestors" | "signIn">,
): onRequestHookHandler {
  const { officeJs, origin, frameAncestors, signIn } = configuration;
  // Analysts sign in there: our pages request tokens from it, silently in a hidden frame.
  const provider = signIn ? [signIn.authority] : [];
  const scripts = "url" in officeJs ? [new URL(officeJs.url).origin] : [];
  const isPublicHttps = origin?.startsWith("https:") === true && !isLoopbackUrl(new URL(origin));
  const write = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'", ...scripts],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", ...provider],
        "frame-src": ["'self'", ...provider],
        "form-action": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'", ...officeSites, ...frameAncestors],
        ...(isPublicHttps ? { "upgrade-insecure-requests": [] } : {}),
      },
    },
    strictTransportSecurity: isPublicHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: "cross-origin" },
    xFrameOptions: false,
    // “no-referrer” would make browsers send `Origin: null` with some requests of our own pages.
    referrerPolicy: { policy: "same-origin" },
  });
  const request = {} as IncomingMessage;
  const written = new ServerResponse(request);
  write(request, written, () => undefined);
  const headers = { ...written.getHeaders() };
  return (_request, reply, done) => {
    reply.headers(headers);
    done();
  };
}
