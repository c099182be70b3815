/** `kal check` with real upstreams: what passes, and its message for everything that does not. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkInstallation } from "../../src/gateway/command/check.ts";
import type { Finding } from "../../src/gateway/command/finding.ts";
import { type Certificates, makeCertificates } from "./support/certificates.ts";
import { withFolder } from "./support/gateway.ts";
import { planted, plantedTenant } from "./support/own-environment.ts";
import { sendJson, sendToken } from "./support/upstream.ts";
import { startVendor, type Vendor } from "./support/vendor.ts";

let vendor: Vendor;
let own: Certificates;
let usual: Pick<Vendor, "answerToken" | "answerData">;

beforeAll(async () => {
  vendor = await startVendor();
  usual = { ...vendor };
  own = await makeCertificates(["kal.example.com"], 60);
});
beforeEach(
  () => void Object.assign(vendor, { answerToken: usual.answerToken, answerData: usual.answerData }),
);
afterAll(() => vendor.close());

interface Installation {
  readonly variables?: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly certificate?: string;
  readonly nextSecret?: { readonly file: string };
}

/**
 * Checks an installation with one configured connection, a certificate and a session file, with the given differences.
 */
function check({
  variables,
  now = Date.now(),
  certificate = own.cert + own.ca,
  nextSecret,
}: Installation = {}) {
  return withFolder(async (folder) => {
    const file = (name: string, content: string) => {
      writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    };
    const { clientId, scope, clientSecret } = planted;
    const configuration = {
      environments: [
        {
          id: "own",
          label: "Own",
          apiBaseUrl: `${vendor.origin}/api`,
          authority: vendor.origin,
          tenant: plantedTenant,
        },
        // Replaces the built-in one, whose identity provider a test must not contact.
        {
          id: "sandpit",
          label: "Sandpit",
          apiBaseUrl: `${vendor.origin}/api`,
          authority: vendor.origin,
          tenant: plantedTenant,
        },
      ],
      connections: [
        {
          id: "pricing",
          label: "Pricing",
          environment: "own",
          clientId,
          scope,
          secret: { env: "PRICING_SECRET" },
          nextSecret,
          roles: ["Pricing.Read"],
        },
      ],
      signIn: {
        tenant: plantedTenant,
        clientId,
        audience: clientId,
        authority: vendor.origin,
        contact: "the pricing team",
      },
    };
    const { isSound, text } = await checkInstallation({
      environment: {
        KAL_CONFIG: file("kal.json", JSON.stringify(configuration)),
        KAL_ALLOW_LOOPBACK: "1",
        KAL_SESSION_FILE: path.join(folder, "sessions.json"),
        KAL_TLS_CERT: file("own.crt", certificate),
        KAL_TLS_KEY: file("own.key", own.key),
        PRICING_SECRET: clientSecret,
        ...variables,
      },
      asJson: true,
      now: () => now,
    });
    expect(text).not.toContain(clientSecret);
    const { findings } = JSON.parse(text) as { findings: readonly Finding[] };
    const about = (subject: string) =>
      findings
        .filter((finding) => finding.subject.startsWith(subject))
        .map(({ state, text }) => `${state}: ${text}`);
    return { isSound, findings, about };
  });
}

describe("kal check", () => {
  it("passes a sound installation", async () => {
    const { isSound, findings, about } = await check();
    expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(isSound).toBe(true);
    expect(about("connection pricing")[0]).toMatch(/^ok: token, status \(\d+ ms\) and one record/);
    expect(about("session file")[0]).toMatch(/can be written/);
  });

  it("reports every issue in the configuration, and makes no further checks", async () => {
    const { isSound, findings, about } = await check({
      variables: { KAL_PORT: "none", KAL_BIND: "nowhere" },
    });
    expect(isSound).toBe(false);
    expect(findings.map(({ subject }) => subject).sort()).toEqual(["KAL_BIND", "KAL_PORT"]);
    expect(about("KAL_PORT")[0]).toMatch(/^failed: expected a whole number .*, found "none"$/);
  });

  it.each([
    ["expired", { now: Date.now() + 90 * 86_400_000 }, "TLS", /^failed: expired on .*: renew it/],
    [
      "not valid yet",
      { now: Date.now() - 40 * 86_400_000 },
      "TLS",
      /^failed: not valid before .*: check the clock/,
    ],
    [
      "for another name",
      { variables: { KAL_ORIGIN: "https://other.example.com" } },
      "TLS",
      /^failed: does not name other\.example\.com \(KAL_ORIGIN\); it names DNS:kal\.example\.com/,
    ],
  ] as const)("says of a certificate that it is %s", async (_, installation, subject, said) => {
    const { isSound, about } = await check(installation);
    expect(about(subject)).toContainEqual(expect.stringMatching(said));
    expect(isSound).toBe(false);
  });

  it("reports what is missing or in the wrong order in a chain", async () => {
    const other = await makeCertificates(["other.example.com"]);
    expect((await check({ certificate: own.cert })).about("TLS")).toContainEqual(
      expect.stringMatching(/^advice: KAL_TLS_CERT holds no issuer/),
    );
    expect((await check({ certificate: own.cert + other.cert })).about("TLS")).toContainEqual(
      expect.stringMatching(/^failed: certificate 2 in KAL_TLS_CERT has not issued the one before it/),
    );
  });

  it("looks at the certificate that the proxy in front sends, where TLS is left to it", async () => {
    const proxy = https.createServer({ cert: own.cert, key: own.key }, (_, response) => response.end());
    proxy.listen({ host: "localhost", port: 0 });
    await once(proxy, "listening");
    try {
      const { port } = proxy.address() as AddressInfo;
      const variables = { KAL_TLS_CERT: "", KAL_TLS_KEY: "", KAL_ORIGIN: `https://localhost:${port}` };
      const { about } = await check({ variables, now: Date.now() + 50 * 86_400_000 });
      expect(about("TLS")).toEqual([
        "ok: left to the proxy in front (KAL_TLS_CERT is not set)",
        expect.stringMatching(/^advice: valid for \d more days, until .*: renew it$/),
        expect.stringMatching(/^failed: does not name localhost \(KAL_ORIGIN\); it names DNS:kal/),
        expect.stringMatching(/^advice: this computer does not trust the chain \(.*\): the proxy must send/),
      ]);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it("reports a name that is no setting, and what was probably meant", async () => {
    const { about } = await check({ variables: { KAL_PROT: "3000" } });
    expect(about("KAL_PROT")).toEqual(["advice: is not a setting. Did you mean “KAL_PORT”?"]);
    expect(about("KAL_PRICING")).toEqual([]);
  });

  it("reports that the next secret serves", () =>
    withFolder(async (folder) => {
      vendor.answerToken = ({ body }, response) =>
        new URLSearchParams(body).get("client_secret") === "next"
          ? sendToken(response, "given")
          : sendJson(response, 401, { error: "invalid_client", error_codes: [7000222] });
      const file = path.join(folder, "next");
      writeFileSync(file, "next");
      const { about } = await check({ nextSecret: { file } });
      expect(about("connection pricing")).toEqual([
        expect.stringMatching(/^ok: token/),
        "advice: the first secret is refused, the next one serves: move it to the first place",
      ]);
    }));

  it("reports that this computer's clock is wrong", async () => {
    const { about } = await check({ now: Date.now() + 600_000 });
    expect(about("identity provider")).toContainEqual(
      expect.stringMatching(/^failed: .* \d+ s ahead: set it/),
    );
  });

  it("reports what the identity provider or the Data API refuses", async () => {
    vendor.answerToken = (_, response) =>
      sendJson(response, 401, { error: "invalid_client", error_codes: [7000215] });
    expect((await check()).about("connection pricing")[0]).toMatch(/^failed: KAL_SECRET_INVALID: /);
    vendor.answerToken = (_, response) => sendToken(response, "given");
    vendor.answerData = (_, response) => sendJson(response, 403, {});
    expect((await check()).about("connection pricing")[0]).toMatch(/^failed: KAL_FORBIDDEN: /);
  });

  it("reports where it cannot write and what does not answer", async () => {
    const { isSound, about } = await check({
      variables: {
        KAL_SESSION_FILE: "/nowhere/at/all/sessions.json",
        KAL_ORIGIN: "https://localhost:1",
      },
    });
    expect(isSound).toBe(false);
    expect(about("session file")).toEqual([
      expect.stringMatching(/^failed: \/nowhere\/at\/all cannot be written/),
    ]);
    expect(about("origin")).toEqual([expect.stringMatching(/^advice: does not answer \(ECONNREFUSED\)/)]);
  });

  it("reports that Redis cannot be used", async () => {
    const { about } = await check({
      variables: { KAL_REDIS_URL: "redis://:hidden-word@localhost:1", KAL_SESSION_FILE: "" },
    });
    expect(about("Redis")[0]).toMatch(/^failed: localhost:1 cannot be used \(.*\): check host and port in/);
    expect(about("Redis")[0]).not.toContain("hidden-word");
  });
});
