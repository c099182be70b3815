/** `kal check` with real upstreams: what passes, and its message for everything that does not. */
import { writeFileSync } from "node:fs";
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
}

/**
 * Checks an installation with one configured connection, a certificate and a session file, with the given differences.
 */
function check({ variables, now = Date.now(), certificate = own.cert + own.ca }: Installation = {}) {
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
          roles: ["Pricing.Read"],
        },
      ],
      signIn: { tenant: plantedTenant, clientId, audience: clientId, contact: "the pricing team" },
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
    const { isSound, findings } = await check({ variables: { KAL_PORT: "none", KAL_BIND: "nowhere" } });
    expect(isSound).toBe(false);
    expect(findings.map(({ subject }) => subject).sort()).toEqual(["KAL_BIND", "KAL_PORT"]);
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
    expect(about("Redis")[0]).toMatch(/^failed: localhost:1 cannot be used \(.*\): check KAL_REDIS_URL/);
    expect(about("Redis")[0]).not.toContain("hidden-word");
  });
});
