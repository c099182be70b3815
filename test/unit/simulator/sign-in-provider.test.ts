/** The local identity provider for people: what it gives is what the service accepts. */
import { createHash, randomBytes } from "node:crypto";
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTokenCheck } from "../../../src/gateway/sign-in/access-token.ts";
import { createSigningKeys } from "../../../src/gateway/sign-in/signing-keys.ts";
import { type SignInProvider, startSignInProvider } from "../../../src/simulator/sign-in/sign-in-provider.ts";
import pino from "pino";

let provider: SignInProvider;
const dispatcher = new Agent();

beforeAll(async () => {
  provider = await startSignInProvider();
});
afterAll(async () => {
  await provider.close();
  await dispatcher.close();
});

function check(token: string) {
  const key = createSigningKeys({
    settings: provider.settings,
    dispatcher,
    timeout: 5000,
    log: pino({ level: "silent" }),
    now: () => performance.now(),
  });
  return createTokenCheck({ settings: provider.settings, key, now: Date.now })(token);
}

/** Goes through the provider's pages as a browser does. @returns the answer of its token endpoint */
async function signInAs(person: string, parameters: Record<string, string> = {}) {
  const { tenant, clientId, audience } = provider.settings;
  const verifier = randomBytes(32).toString("base64url");
  const redirectUri = "http://localhost:3000/sign-in/redirect.html";
  const cookies = new Map<string, string>();
  const visit = async (address: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(address, provider.origin), {
      redirect: "manual",
      ...init,
      headers: { ...init.headers, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: `openid profile offline_access api://${audience}/access_as_user`,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...parameters,
  });
  let response = await visit(`/${tenant}/oauth2/v2.0/authorize?${query}`);
  for (
    let location = response.headers.get("location");
    location;
    location = response.headers.get("location")
  ) {
    if (location.startsWith(redirectUri)) {
      const code = new URL(location).searchParams.get("code");
      if (code === null) throw new Error(location);
      const body = new URLSearchParams({
        grant_type: "authorization_code",
        client_id: clientId,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      });
      const origin = { origin: "http://localhost:3000" };
      return visit(`/${tenant}/oauth2/v2.0/token`, { method: "POST", body, headers: origin });
    }
    response = location.includes("/interaction/")
      ? await visit(location, { method: "POST", body: new URLSearchParams({ person }) })
      : await visit(location);
  }
  throw new Error(await response.text());
}

describe("the provider for people", () => {
  it("signs somebody in by code and PKCE, with a token that the service accepts", async () => {
    const answer = await signInAs("ada");
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const { analyst } = await check(token);
    const { objectId, name, roles } = provider.people.ada;
    expect(analyst).toEqual({ tenant: provider.settings.tenant, objectId, name, roles });
  });

  it("asks who it is, also where somebody is meant to choose", async () => {
    const answer = await signInAs("ben", { prompt: "select_account" });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect((await check(token)).analyst.objectId).toBe(provider.people.ben.objectId);
  });

  it("gives no roles to somebody who has none, as Entra does", async () => {
    const { access_token: token } = (await (await signInAs("cleo")).json()) as { access_token: string };
    await expect(check(token)).rejects.toMatchObject({ reason: "no-role" });
    expect(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).not.toContain("roles");
  });

  it("does not send its answer to another page", async () => {
    const answer = signInAs("ada", { redirect_uri: "http://localhost:3000/elsewhere.html" });
    await expect(answer).rejects.toThrow(/redirect_uri/);
  });

  it("gives Excel’s own account a token without a page", async () => {
    const response = await fetch(`${provider.origin}/host/token`, {
      method: "POST",
      body: JSON.stringify({ person: "ben" }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect((await check(token)).analyst.roles).toEqual(["Sites.Read"]);
  });
});
