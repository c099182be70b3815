import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRunning, writeRunning } from "../../../scripts/steps/running.mjs";
import { start } from "../../../scripts/steps/start.mjs";
import { computer, loadingEnds, trusted } from "./computer.ts";

describe("npm start for the browser", () => {
  it("starts the simulator, then the gateway with it behind the workbench; says ready; closes in the opposite order", async () => {
    const { root, context, happened, gatewayOptions } = computer({ argv: ["--port", "3456"] });
    await start(context);
    expect(happened).toEqual([
      "simulator starts",
      "gateway starts",
      "workbench starts",
      "ready http://localhost:3456",
      "workbench closes",
      "gateway closes",
      "simulator closes",
    ]);
    expect(gatewayOptions).toEqual([
      {
        environment: {
          KAL_PORT: "0",
          KAL_BIND: "127.0.0.1",
          KAL_ORIGIN: "http://localhost:3456",
          KAL_SESSION_FILE: path.join(root, ".kal/sessions.json"),
          KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
        },
        sampleEnvironment: { id: "sample" },
      },
    ]);
  });

  it("opens the page where a window can appear", async () => {
    const { context, happened } = computer({ environment: { DISPLAY: ":0" }, until: /^xdg-open / });
    await start(context);
    expect(happened).toContain("xdg-open http://localhost:3000");
  });

  it("starts no simulator with --no-sample", async () => {
    const { context, happened, gatewayOptions } = computer({ argv: ["--no-sample"] });
    await start(context);
    expect(happened).not.toContain("simulator starts");
    expect(gatewayOptions[0]).not.toHaveProperty("sampleEnvironment");
  });

  it("keeps what the environment configures, an own office.js among it", async () => {
    const environment = { KAL_OFFICE_JS: "/srv/office-js", KAL_LOG_LEVEL: "debug" };
    const { context, gatewayOptions } = computer({ environment });
    await start(context);
    expect(gatewayOptions[0]?.environment).toMatchObject(environment);
  });

  it("leaves a record while it serves, and none after", async () => {
    const { root, context } = computer({});
    let record: unknown;
    const print = (line: string) => {
      record = readRunning(root);
      context.print(line);
    };
    await start({ ...context, print });
    expect(record).toEqual({ pid: process.pid, mode: "browser", url: "http://localhost:3000" });
    expect(readRunning(root)).toBeUndefined();
  });

  it("starts no second service of the same folder", async () => {
    const { root, context, happened } = computer({});
    const first = http.createServer((_, response) => response.end()).listen(0, "127.0.0.1");
    await once(first, "listening");
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}`;
    writeRunning(root, { pid: process.pid, mode: "browser", url });
    await expect(start(context)).rejects.toThrow(`KAL is already running at ${url}. To end it: npm stop`);
    expect(happened).toEqual([]);
    first.close();
    await once(first, "close");
    await start(context);
    expect(happened).toContain("ready http://localhost:3000");
  });

  it("writes the service's log to a file, which each start overwrites", async () => {
    const { root, context } = computer({});
    await start(context);
    await start(context);
    expect(readFileSync(path.join(root, ".kal/service.log"), "utf8")).toBe("listening\n");
  });

  it("passes on what the gateway says of its configuration", async () => {
    const { context, service, happened } = computer({});
    const startGateway = () => Promise.reject(new Error("KAL_BIND: expected …"));
    const load = () => Promise.resolve({ ...service, startGateway });
    await expect(start({ ...context, load })).rejects.toMatchObject({
      exitCode: 1,
      message: "KAL_BIND: expected …",
    });
    expect(happened).toEqual(["simulator starts", "simulator closes"]);
  });

  it("names a taken port and what to do, and leaves no simulator behind", async () => {
    const { context, service, happened } = computer({ argv: ["--port", "3456"] });
    const taken = new Error("cannot listen", { cause: Object.assign(new Error(), { code: "EADDRINUSE" }) });
    const load = () => Promise.resolve({ ...service, startWorkbench: () => Promise.reject(taken) });
    await expect(start({ ...context, load })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/Port 3456 is in use.*npm stop.*--port 3457/) as string,
    });
    expect(happened).toEqual(["simulator starts", "simulator closes"]);
  });
});

describe("npm start and a command that does not return", () => {
  it("ends all the same when it is stopped", async () => {
    const { context, happened } = computer({ environment: { DISPLAY: ":0" } });
    await start({ ...context, run: () => new Promise(() => undefined) });
    expect(happened.slice(-3)).toEqual(["workbench closes", "gateway closes", "simulator closes"]);
  });
});

describe("npm start for Excel", () => {
  it.each(["darwin", "win32"] as const)(
    "trusts certificates, serves https and sideloads, on %s",
    async (platform) => {
      const { root, context, happened, gatewayOptions } = computer({
        platform,
        outputs: trusted,
        until: loadingEnds,
      });
      await start(context);
      expect(happened.filter((what) => !what.startsWith("reg "))).toEqual([
        "office-addin-dev-certs install",
        "simulator starts",
        "gateway starts",
        "ready https://localhost:3000",
        "office-addin-debugging stop ROOT/manifest.xml desktop",
        "office-addin-debugging start ROOT/manifest.xml desktop --app excel --no-debug",
        "gateway closes",
        "simulator closes",
      ]);
      expect(gatewayOptions[0]?.environment).toEqual({
        KAL_PORT: "3000",
        KAL_SESSION_FILE: path.join(root, ".kal/sessions.json"),
        KAL_TLS_CERT: path.join("/home/ana/.office-addin-dev-certs/localhost.crt"),
        KAL_TLS_KEY: path.join("/home/ana/.office-addin-dev-certs/localhost.key"),
      });
    },
  );

  it("sideloads a manifest of its own for another port", async () => {
    const { root, context, happened } = computer({
      platform: "darwin",
      argv: ["--port", "3001"],
      outputs: trusted,
      until: loadingEnds,
    });
    await start(context);
    expect(happened).toContain(
      "office-addin-debugging start ROOT/dist/manifest-localhost.xml desktop --app excel --no-debug",
    );
    const written = readFileSync(path.join(root, "dist/manifest-localhost.xml"), "utf8");
    expect(written).toBe(readFileSync("manifest.xml", "utf8").replaceAll("localhost:3000", "localhost:3001"));
  });

  it("uses a certificate that is configured, and installs none", async () => {
    const environment = { KAL_TLS_CERT: "/tls/own.crt", KAL_TLS_KEY: "/tls/own.key" };
    const { context, happened, gatewayOptions } = computer({
      platform: "darwin",
      environment,
      until: loadingEnds,
    });
    await start(context);
    expect(happened).not.toContain("office-addin-dev-certs install");
    expect(gatewayOptions[0]?.environment).toMatchObject(environment);
  });

  it("starts nothing if the certificate cannot be installed, which only the program's output shows", async () => {
    const { context, happened } = computer({
      platform: "darwin",
      outputs: { "office-addin-dev-certs install": "Error: Unable to install the CA certificate." },
    });
    await expect(start(context)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(
        /Unable to install the CA certificate[^]*npm start -- --workbench/,
      ) as string,
    });
    expect(happened).toEqual(["office-addin-dev-certs install"]);
  });

  it("serves on, and says why, when the add-in could not be sideloaded", async () => {
    const { context, happened, said } = computer({
      platform: "darwin",
      until: loadingEnds,
      outputs: {
        ...trusted,
        "office-addin-debugging start": "Error: Unable to start debugging.\nError: no Excel",
      },
    });
    await start(context);
    expect(happened).toContain("ready https://localhost:3000");
    expect(said.at(-1)).toMatch(/Error: no Excel[^]*could not be loaded into Excel/);
  });
});

describe("this project", () => {
  it("has no script that office-addin-debugging would start as a second server", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(Object.keys(scripts)).not.toContain("dev-server");
    expect(Object.keys(scripts)).not.toContain("packager");
  });

  it("has the programs that these scripts start", () => {
    for (const name of ["office-addin-debugging", "office-addin-dev-certs", "webpack-cli", "vitest"]) {
      expect(existsSync(path.join("node_modules", name, "package.json"))).toBe(true);
    }
  });
});
