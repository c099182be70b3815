/**
 * Microsoft's library, set up for the organisation's identity provider. It is 85 kB: only what signs people in loads
 * it.
 * @module
 */
import {
  type Configuration,
  createNestablePublicClientApplication,
  createStandardPublicClientApplication,
  type IPublicClientApplication,
} from "@azure/msal-browser";
import type { SignInSettings } from "../../kalibrate/gateway-api.ts";
import type { Within } from "./within.ts";

export type Provider = NonNullable<SignInSettings["provider"]>;
export type Library = IPublicClientApplication;

/** The host's part of nested app authentication; the library declares it for itself only. */
interface NestedAppAuthBridge {
  addEventListener(type: "message", listener: (message: string | { data: string }) => void): void;
  removeEventListener(type: "message", listener: (message: string | { data: string }) => void): void;
}

/** Milliseconds for Excel to say that it can sign people in: the library itself waits for ever. */
const maxBridgeMs = 10_000;

/**
 * The provider's addresses are Entra's wherever it is, so they are given and not asked for. The authority is a name by
 * which the library knows accounts of Entra; no request goes there.
 */
function configurationFor({ authority, tenant, clientId }: Provider): Configuration {
  const base = `${authority}/${tenant}`;
  return {
    auth: {
      clientId,
      authority: authorityOf(tenant),
      authorityMetadata: JSON.stringify({
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      }),
      redirectUri: `${location.origin}/sign-in/redirect.html`,
    },
    // Ends with the page: a token of the analyst is never stored on the computer.
    cache: { cacheLocation: "sessionStorage" },
    system: { popupBridgeTimeout: 600_000, iframeBridgeTimeout: 10_000 },
  };
}

/** Every request names it: through Excel the library does not pass on the one of its configuration. */
export function authorityOf(tenant: string): string {
  return `https://login.microsoftonline.com/${tenant}`;
}

export function openStandard(provider: Provider): Promise<Library> {
  return createStandardPublicClientApplication(configurationFor(provider));
}

/**
 * Signs in through Excel where it can (nested app authentication).
 * @returns undefined where this Excel cannot, or claims to and does not answer (office-js 6610, 6691)
 */
export async function openNested(provider: Provider, within: Within): Promise<Library | undefined> {
  const bridge = (window as { nestedAppAuthBridge?: NestedAppAuthBridge }).nestedAppAuthBridge;
  if (!bridge) return undefined;
  // Refused, the library becomes another one and does not say so.
  let isOpen = false;
  const listen = (message: string | { data: string }) => {
    const text = typeof message === "string" ? message : message.data;
    isOpen ||= text.includes('"initContext"');
  };
  bridge.addEventListener("message", listen);
  try {
    const library = await within(
      createNestablePublicClientApplication(configurationFor(provider)),
      maxBridgeMs,
    );
    return isOpen ? library : undefined;
  } catch {
    return undefined;
  } finally {
    bridge.removeEventListener("message", listen);
  }
}
