import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway, withFolder } from "./support/gateway.ts";

/** A minimal built add-in. */
function writeAddin(folder: string): void {
  const files: Record<string, string> = {
    "taskpane.html":
      '<!doctype html><html data-sign-in="%SIGN_IN%" data-namespace="%NAMESPACE%"><script src="%OFFICE_JS%"></script><script src="/functions.js"></script>',
    "functions.js": "CustomFunctions.associate();",
    "functions.json": JSON.stringify({
      allowCustomDataForDataTypeAny: true,
      functions: [
        { id: "STATUS", helpUrl: "/help/status.html" },
        { id: "QUERY", helpUrl: "https://elsewhere.example/help" },
        { id: "LOOKUP" },
      ],
    }),
    "shortcuts.json": "{}",
    "assets/icon-32.png": "icon",
    "help/index.html": "<h1>Help</h1>",
    "help/status.html": "<h1>KAL.STATUS</h1>",
    "chunks/taskpane.0123456789abcdef.js": "export {};",
    ".hidden": "hidden",
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

async function withPages<T>(
  use: (gateway: TestGateway, folder: string) => Promise<T>,
  variables: Record<string, string> = {},
): Promise<T> {
  return withFolder(async (folder) => {
    writeAddin(folder);
    const gateway = await startTestGateway({ addinFolder: folder, variables });
    try {
      return await use(gateway, folder);
    } finally {
      await gateway.close();
    }
  });
}

const get = (gateway: TestGateway, address: string, headers: Record<string, string> = {}) =>
  gateway.call("GET", address, { marked: false, headers });

describe("the pages", () => {
  let gateway: TestGateway;
  let done: () => void;
  let finished: Promise<void>;

  beforeAll(async () => {
    await new Promise<void>((ready) => {
      finished = withPages(async (started) => {
        gateway = started;
        ready();
        await new Promise<void>((resolve) => (done = resolve));
      });
    });
  });

  afterAll(async () => {
    done();
    await finished;
  });

  it.each([
    ["/taskpane.html", "text/html", "no-cache"],
    ["/functions.js", "javascript", "no-cache"],
    ["/functions.json", "application/json", "no-cache"],
    ["/shortcuts.json", "application/json", "no-cache"],
    ["/assets/icon-32.png", "image/png", "no-cache"],
    ["/help/status.html", "text/html", "no-cache"],
    ["/chunks/taskpane.0123456789abcdef.js", "javascript", "public, max-age=31536000, immutable"],
  ])("%s is at its address", async (address, type, caching) => {
    const answer = await get(gateway, address);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain(type);
    expect(answer.headers["cache-control"]).toBe(caching);
    const open = address.endsWith(".json") ? "*" : undefined;
    expect(answer.headers["access-control-allow-origin"]).toBe(open);
  });

  it.each(["/nothing.html", "/.hidden", "/assets/", "/..%2f..%2fpackage.json", "/assets/../../package.json"])(
    "%s is not",
    async (address) => {
      const answer = await get(gateway, address);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain("hidden");
    },
  );

  it("leads from the bare address to the pane, and from the folder to the help", async () => {
    expect(await get(gateway, "/")).toMatchObject({ status: 302, headers: { location: "/taskpane.html" } });
    expect((await get(gateway, "/help/")).text).toContain("<h1>Help</h1>");
  });

  it("load office.js from Microsoft, and nothing else from elsewhere", async () => {
    const { text, headers } = await get(gateway, "/taskpane.html");
    expect(text).toContain(
      '<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>',
    );
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' https://appsforoffice.microsoft.com;");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests/);
  });

  it("may do nothing that their policy does not name", async () => {
    const { headers } = await get(gateway, "/taskpane.html");
    const directives = String(headers["content-security-policy"]).split(";");
    const policy = Object.fromEntries(
      directives.map((directive) => {
        const [name = "", ...sources] = directive.trim().split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(policy).toEqual({
      "default-src": "'none'",
      "script-src": "'self' https://appsforoffice.microsoft.com",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "frame-src": "'self'",
      "form-action": "'none'",
      "base-uri": "'none'",
      "frame-ancestors": expect.stringMatching(/^'self'( https:\/\/\S+)+$/) as string,
    });
  });

  it("may be framed by Microsoft 365, which two usual headers would prevent", async () => {
    const { headers } = await get(gateway, "/taskpane.html");
    expect(headers["content-security-policy"]).toContain(
      "frame-ancestors 'self' https://*.cloud.microsoft https://*.officeapps.live.com",
    );
    expect(headers).not.toHaveProperty("x-frame-options");
    expect(headers).not.toHaveProperty("cross-origin-opener-policy");
    expect(headers).not.toHaveProperty("strict-transport-security");
    expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
  });

  it("serve functions.json with complete help addresses, under the requested host name", async () => {
    const { body } = await get(gateway, "/functions.json");
    expect(body).toEqual({
      allowCustomDataForDataTypeAny: true,
      functions: [
        { id: "STATUS", helpUrl: `${gateway.url}/help/status.html` },
        { id: "QUERY", helpUrl: "https://elsewhere.example/help" },
        { id: "LOOKUP" },
      ],
    });
  });

  it("say with functions.json which version the service has, so that an older page notices", async () => {
    const { headers, text } = await gateway.call("HEAD", "/functions.json", { marked: false });
    expect(headers["x-kal-version"]).toBe("0.0.0-test");
    expect(text).toBe("");
  });

  it("let Excel on the web fetch functions.json from its own origin, and only that", async () => {
    const headers = { origin: "https://excel.officeapps.live.com", "sec-fetch-site": "cross-site" };
    const open = await get(gateway, "/functions.json", headers);
    expect([open.status, open.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    for (const address of ["/functions.js", "/taskpane.html", "/assets/icon-32.png"]) {
      const closed = await get(gateway, address, headers);
      expect(closed.status).toBe(403);
      expect(closed.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });
});

describe("an organisation's service", () => {
  it("names its own origin and demands https of browsers", () =>
    withPages(
      async (gateway) => {
        const { body, headers } = await get(gateway, "/functions.json");
        expect(JSON.stringify(body)).toContain("https://kal.example.com/help/status.html");
        expect(headers["strict-transport-security"]).toContain("max-age=31536000");
        expect(headers["content-security-policy"]).toContain("upgrade-insecure-requests");
      },
      { KAL_ORIGIN: "https://kal.example.com" },
    ));

  it("adds its own sites to those that may frame the pages", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "kal.json");
      writeFileSync(file, JSON.stringify({ frameAncestors: ["https://intranet.example.com"] }));
      await withPages(
        async (gateway) => {
          const { headers } = await get(gateway, "/taskpane.html");
          expect(headers["content-security-policy"]).toMatch(
            /frame-ancestors 'self' .*cloud\.microsoft.* https:\/\/intranet\.example\.com/,
          );
        },
        { KAL_CONFIG: file },
      );
    }));

  it("may take office.js from another address", () =>
    withPages(
      async (gateway) => {
        const { text, headers } = await get(gateway, "/taskpane.html");
        expect(text).toContain('src="https://cdn.example.com/office.js?a=1&amp;b=%22"');
        expect(headers["content-security-policy"]).toContain("script-src 'self' https://cdn.example.com;");
      },
      { KAL_OFFICE_JS: 'https://cdn.example.com/office.js?a=1&b="' },
    ));

  it("says which namespace the functions have, where it is not KAL", async () => {
    await withPages(
      async (gateway) => {
        expect((await get(gateway, "/taskpane.html")).text).toContain('data-namespace="KAL_TEST"');
      },
      { KAL_NAMESPACE: "kal_test" },
    );
    await withPages(
      async (gateway) => expect((await get(gateway, "/taskpane.html")).text).toContain('data-namespace=""'),
      {},
    );
  });

  it("may serve office.js itself", () =>
    withFolder(async (office) => {
      writeFileSync(path.join(office, "office.js"), "Office = {};");
      await withPages(
        async (gateway) => {
          const { text, headers } = await get(gateway, "/taskpane.html");
          expect(text).toContain('src="/office-js/office.js"');
          expect(headers["content-security-policy"]).toContain("script-src 'self';");
          expect((await get(gateway, "/office-js/office.js")).text).toBe("Office = {};");
          expect((await get(gateway, "/functions.js")).status).toBe(200);
        },
        { KAL_OFFICE_JS: office },
      );
    }));
});

it("an add-in that was not built is reported", async () => {
  await withFolder(async (folder) => {
    const gateway = await startTestGateway({ addinFolder: folder });
    try {
      const answer = await get(gateway, "/taskpane.html");
      expect(answer.status).toBe(500);
      expect(answer.text).toContain("npm run build");
      expect(answer.text).not.toContain(folder);
    } finally {
      await gateway.close();
    }
  });
});
