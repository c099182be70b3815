import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createOrganisationConnections } from "../../../../src/gateway/sessions/organisation-connections.ts";
import { createCredentialKey } from "../../../../src/gateway/sessions/credential-key.ts";
import { tryHeldSecrets } from "../../../../src/gateway/token-service/try-held-secrets.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { withFolder } from "../../../gateway/support/gateway.ts";
import { connectionWith, recordingLog } from "../support.ts";

/** A connection whose secrets are files, with an identity provider that accepts some of them. */
function withSecrets(
  use: (setting: Awaited<ReturnType<typeof setUp>>) => Promise<void>,
  contents: { secret: string; nextSecret?: string },
) {
  return withFolder(async (folder) => use(await setUp(folder, contents)));
}

async function setUp(folder: string, contents: { secret: string; nextSecret?: string }) {
  const file = (name: string) => path.join(folder, name);
  const write = (name: "secret" | "nextSecret", content: string) => writeFileSync(file(name), content);
  for (const [name, content] of Object.entries(contents)) writeFileSync(file(name), content);
  const { log, text } = recordingLog();
  const serving: string[] = [];
  const [connection] = createOrganisationConnections({
    settings: [
      {
        ...connectionWith(),
        id: "pricing",
        clientId: "5a6b7c8d-0000-4000-8000-000000000001",
        scope: "api://data.example.com/1/.default",
        secret: { file: file("secret") },
        ...(contents.nextSecret === undefined ? {} : { nextSecret: { file: file("nextSecret") } }),
        roles: ["Pricing.Read"],
      },
    ],
    variables: {},
    log,
    onServe: (name, secret) => serving.push(`${name} ${secret}`),
  }).list;
  if (!connection) throw new Error("There is no connection.");
  const good = new Set<string>();
  const tried: string[] = [];
  const acquire = tryHeldSecrets(async ({ credentials: { clientSecret } }) => {
    tried.push(clientSecret);
    if (!good.has(clientSecret)) throw new KalError("KAL_SECRET_INVALID");
    return { text: "token", lifetime: 3599 };
  });
  return {
    connection,
    write,
    remove: (name: string) => rmSync(file(name)),
    good,
    serving,
    log: text,
    /** Requests a token. @returns the secrets that were tried. */
    ask: async () => {
      tried.length = 0;
      await acquire(connection);
      return [...tried];
    },
  };
}

describe("a secret that the organisation holds", () => {
  it("is read again from its file, without line end, before each token request", () =>
    withSecrets(
      async ({ ask, write, good }) => {
        good.add("first").add("second");
        expect(await ask()).toEqual(["first"]);
        write("secret", "second\r\n");
        expect(await ask()).toEqual(["second"]);
      },
      { secret: "first\n" },
    ));

  it("is replaced by the next one when it is refused, which is then tried first", () =>
    withSecrets(
      async ({ ask, good, serving, log, connection }) => {
        good.add("first");
        await ask();
        good.delete("first");
        good.add("second");
        expect(await ask()).toEqual(["first", "second"]);
        expect(await ask()).toEqual(["second"]);
        expect(connection.credentials.clientSecret).toBe("second");
        expect(serving).toEqual(["pricing secret", "pricing nextSecret"]);
        expect(log()).toContain('"connection":"pricing","secret":"nextSecret","msg":"this secret serves"');
        expect(log()).not.toMatch(/first|second/);
      },
      { secret: "first", nextSecret: "second" },
    ));

  it("is used again when the next one was used and is then emptied", () =>
    withSecrets(
      async ({ ask, write, good, serving }) => {
        good.add("second");
        await ask();
        write("secret", "second");
        write("nextSecret", "");
        expect(await ask()).toEqual(["second"]);
        expect(serving).toEqual(["pricing nextSecret", "pricing secret"]);
      },
      { secret: "first", nextSecret: "second" },
    ));

  it.each<[string, (setting: Awaited<ReturnType<typeof setUp>>) => void]>([
    ["empty", ({ write }) => write("secret", " \n")],
    ["half a certificate", ({ write }) => write("secret", "-----BEGIN PRIVATE KEY-----\nMIIE")],
    ["the beginning of one", ({ write }) => write("secret", "-----BEG")],
    ["away", ({ remove }) => remove("secret")],
  ])("stays the last good one while its file is %s, and the log says so", (_, spoil) =>
    withSecrets(
      async (setting) => {
        setting.good.add("first");
        await setting.ask();
        spoil(setting);
        expect(await setting.ask()).toEqual(["first"]);
        expect(setting.log()).toContain("the last good value counts");
      },
      { secret: "first" },
    ),
  );

  it("that was accepted last is tried as well, because a file may hold half of a new one", () =>
    withSecrets(
      async ({ ask, write, good }) => {
        good.add("first");
        await ask();
        write("secret", "seco");
        expect(await ask()).toEqual(["seco", "first"]);
      },
      { secret: "first" },
    ));

  it("is reported as the organisation's if both are refused, each tried once", () =>
    withSecrets(
      async ({ ask, good, connection }) => {
        await expect(ask()).rejects.toMatchObject({
          code: "KAL_SECRET_INVALID",
          message: expect.stringContaining("your organisation") as string,
        });
        good.add("first");
        expect(await ask()).toEqual(["first"]);
        expect(connection.held?.values).toEqual(["first", "second"]);
      },
      { secret: "first", nextSecret: "second" },
    ));

  it("is not replaced after any other error", () =>
    withSecrets(
      async ({ connection }) => {
        let times = 0;
        const acquire = tryHeldSecrets(async () => {
          times += 1;
          throw new KalError("KAL_SCOPE_INVALID");
        });
        await expect(acquire(connection)).rejects.toMatchObject({ code: "KAL_SCOPE_INVALID" });
        expect(times).toBe(1);
      },
      { secret: "first", nextSecret: "second" },
    ));

  it("does not change the cache key when it changes", () =>
    withSecrets(
      async ({ connection, ask, write, good }) => {
        const key = createCredentialKey(Buffer.alloc(32, 7));
        const before = key(connection);
        write("secret", "second");
        good.add("second");
        await ask();
        expect(key(connection)).toBe(before);
        expect(createCredentialKey(Buffer.alloc(32, 7))({ ...connection, held: undefined! })).not.toBe(
          before,
        );
      },
      { secret: "first" },
    ));
});
