/**
 * What administrators take from `deploy/`, as far as it can be held true without running it.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { variables } from "../../src/gateway/configuration/variables.ts";
import { readConfiguration } from "../../src/gateway/configuration.ts";
import { errorCodes } from "../../src/kalibrate/errors.ts";
import { withFolder } from "../gateway/support/gateway.ts";

const deploy = (file: string) => readFileSync(path.join("deploy", file), "utf8");
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** Seconds that a service may take to stop, after its delay: the pull deadline, and the time to send an answer. */
const finish = variables.pullTimeout.default + 10;

const files = readdirSync("deploy", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative("deploy", path.join(entry.parentPath, entry.name)));

describe("every file of deploy/", () => {
  it.each(files)("%s names only settings and errors that there are", (file) => {
    const settings = Object.values(variables).flatMap(({ name }) => [name, `${name}_FILE`]);
    const known = new Set<string>([...settings, ...errorCodes]);
    const named = [...deploy(file).matchAll(/\bKAL_[A-Z_]+/g)].map(([name]) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(files.filter((file) => /kal:\d/.test(deploy(file))))("%s names this version's image", (file) => {
    const tags = [...deploy(file).matchAll(/kal:(\d+\.\d+\.\d+)/g)].map(([, tag]) => tag);
    expect(new Set(tags)).toEqual(new Set([version]));
  });

  it.each(files.filter((file) => file.endsWith(".yaml")))("%s is YAML without doubt", (file) => {
    const faults = parseAllDocuments(deploy(file), { strict: true, uniqueKeys: true }).flatMap(
      ({ errors, warnings }) => [...errors, ...warnings],
    );
    expect(faults).toEqual([]);
  });
});

it("the configuration's example is accepted", () =>
  withFolder((folder) => {
    const [file, secret] = [path.join(folder, "kal.json"), path.join(folder, "secret")];
    writeFileSync(secret, "planted-secret-of-a-test");
    writeFileSync(file, deploy("kal.json").replaceAll(/\/run\/secrets\/kal\/[a-z-]+/g, secret));
    const { connections, signIn, environments } = readConfiguration({ KAL_CONFIG: file });
    expect(connections.map(({ id }) => id)).toEqual(["production", "test"]);
    expect(environments.map(({ id }) => id)).toEqual(expect.arrayContaining(["production", "test"]));
    expect(signIn?.contact).toContain("pricing desk");
    return Promise.resolve();
  }));

interface Composition {
  readonly services: Readonly<Record<string, Record<string, unknown>>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

describe("the composition", () => {
  const { services, secrets } = parse(deploy("compose/compose.yaml"), { merge: true }) as Composition;

  it("runs two services that are read-only, without privileges, with time to finish", () => {
    for (const name of ["kal-1", "kal-2"]) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
      const grace = Number.parseInt(String(services[name]?.["stop_grace_period"]));
      const { KAL_STOP_DELAY: delay } = services[name]?.["environment"] as Record<string, string>;
      expect(grace).toBeGreaterThan(Number(delay) + finish);
    }
  });

  it("holds every secret in a file, and each one that a service names", () => {
    const named = Object.values(services).flatMap((service) =>
      ((service["secrets"] ?? []) as (string | { source: string })[]).map((secret) =>
        typeof secret === "string" ? secret : secret.source,
      ),
    );
    expect(new Set(named)).toEqual(new Set(Object.keys(secrets)));
  });
});

describe("the Kubernetes base", () => {
  interface Container {
    readonly env: readonly { readonly name: string; readonly value: string }[];
  }
  const deployment = parse(deploy("kubernetes/base/deployment.yaml")) as {
    spec: {
      template: { spec: { terminationGracePeriodSeconds: number; containers: readonly Container[] } };
    };
  };

  it("lists every file of its folder", () => {
    const { resources } = parse(deploy("kubernetes/base/kustomization.yaml")) as { resources: string[] };
    const others = files
      .filter((file) => file.startsWith("kubernetes/base/"))
      .map((file) => path.basename(file));
    expect([...resources, "kustomization.yaml"].sort()).toEqual(others.sort());
  });

  it("gives a stopping service time to finish", () => {
    const { terminationGracePeriodSeconds, containers } = deployment.spec.template.spec;
    const delay = containers[0]?.env.find(({ name }) => name === "KAL_STOP_DELAY")?.value;
    expect(terminationGracePeriodSeconds).toBeGreaterThan(Number(delay) + finish);
  });
});

describe("the proxies", () => {
  it.each([
    ["nginx/kal.conf", /proxy_read_timeout (\d+)s/],
    ["haproxy/haproxy.cfg", /timeout server (\d+)s/],
    ["kubernetes/base/ingress.yaml", /proxy-read-timeout: "(\d+)"/],
  ])("%s waits longer than the service works", (file, pattern) => {
    expect(Number(pattern.exec(deploy(file))?.[1])).toBeGreaterThan(finish);
  });

  it("HAProxy learns of a stopping service before it has stopped", () => {
    const [, inter, fall] = /check inter (\d+)s fall (\d+)/.exec(deploy("haproxy/haproxy.cfg")) ?? [];
    for (const file of ["systemd/kal.env", "compose/compose.yaml"]) {
      const [, delay] = /KAL_STOP_DELAY[=:]\D*(\d+)/.exec(deploy(file)) ?? [];
      expect(Number(delay)).toBeGreaterThan(Number(inter) * Number(fall));
    }
  });
});
