/**
 * The image of the release: built by the published Dockerfile on a base of this computer's Node, and run read-only,
 * without network and without privileges. The published base, Docker's official Node image, cannot be had here.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { release } from "../../scripts/steps/release.mjs";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

function findMissing(): string | undefined {
  if (spawnSync("buildah", ["--version"]).error) return "no buildah on this computer";
  const isolated = spawnSync("unshare", ["--mount", "--net", "true"]).status === 0;
  return isolated ? undefined : "no permission for namespaces of its own";
}
const missing = findMissing();

interface Image {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly StopSignal: string;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

/**
 * Runs the image as a container's runtime would: its files read-only, a network with nothing in it, a plain user. Then
 * asks its health, tries to write, and stops it.
 */
const script = `
set -eu
mount --bind "$ROOT" "$ROOT"
mount -o remount,bind,ro "$ROOT"
ip link set lo up
as_user() { chroot --userspec="$IMAGE_USER" "$ROOT" "$@"; }
chroot --userspec="$IMAGE_USER" "$ROOT" /usr/bin/"$1" "$2" "$3" > "$LOG" 2>&1 &
pid=$!
for look in $(seq 200); do grep -q '^ready' "$LOG" && break; sleep 0.1; done
as_user /usr/bin/node -e "$HEALTH" && echo healthy
as_user /usr/bin/node -p 'process.getuid()'
as_user /usr/bin/node -e 'require("fs").writeFileSync("/opt/kal/new", "")' 2>&1 | grep -o -m1 EROFS
kill -"$SIGNAL" $pid
wait $pid
echo stopped
`;

describe.skipIf(missing)(["the image", missing].filter(Boolean).join(": "), () => {
  let work: string;
  let image: Image;

  /** @returns what it printed. */
  function buildah(...argv: string[]): string {
    const stores = ["--root", path.join(work, "store"), "--runroot", path.join(work, "run")];
    const { status, stdout, stderr } = spawnSync("buildah", [...stores, "--storage-driver", "vfs", ...argv], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    expect(status, stderr).toBe(0);
    return stdout;
  }

  /** Builds without a cache and without times. */
  function build(folder: string, tag: string, ...more: string[]): void {
    const always = ["--isolation", "chroot", "--layers=false", "--timestamp", "0", "--format", "docker"];
    buildah("bud", ...always, ...more, "--tag", tag, path.join(work, folder));
  }

  beforeAll(async () => {
    work = mkdtempSync(path.join(os.tmpdir(), "kal-image-"));
    mkdirSync(path.join(work, "base/root/usr/bin"), { recursive: true });
    copyFileSync(process.execPath, path.join(work, "base/root/usr/bin/node"));
    const { stdout: libraries } = spawnSync("ldd", [process.execPath], { encoding: "utf8" });
    for (const [file] of libraries.matchAll(/\/\S+/g)) {
      cpSync(file, path.join(work, "base/root", file), { dereference: true });
    }
    writeFileSync(path.join(work, "base/Dockerfile"), "FROM scratch\nCOPY root /\n");
    const [archive = ""] = await release({ root: process.cwd(), folder: path.join(work, "release") });
    mkdirSync(path.join(work, "context"));
    copyFileSync(archive, path.join(work, "context", path.basename(archive)));
    copyFileSync("deploy/container/Dockerfile", path.join(work, "context/Dockerfile"));
    build("base", "localhost/base");
    const own = ["--build-arg", "BASE=localhost/base", "--build-arg", `VERSION=${version}`];
    build("context", "localhost/kal", ...own);
    const inspected = JSON.parse(buildah("inspect", "--type", "image", "localhost/kal")) as {
      Docker: { config: Image };
    };
    image = inspected.Docker.config;
  });

  afterAll(() => {
    if (!work || !existsSync(work)) return;
    buildah("rm", "--all");
    rmSync(work, { recursive: true, force: true });
  });

  it("names a user by number, the signal to stop, and a check of its health", () => {
    expect(image).toMatchObject({ User: "65532:65532", StopSignal: "SIGTERM", Cmd: ["start"] });
    expect(image.Healthcheck.Test.slice(0, 3)).toEqual(["CMD", "node", "-e"]);
  });

  it("serves read-only, without network, as that user, is healthy, and stops in order", () => {
    const container = buildah("from", "localhost/kal").trim();
    const root = buildah("mount", container).trim();
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      ["--mount", "--net", "bash", "-c", script, "image", ...image.Entrypoint, ...image.Cmd],
      {
        encoding: "utf8",
        timeout: 60_000,
        env: {
          PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
          ...Object.fromEntries(
            image.Env.filter((each) => each.startsWith("KAL_")).map(
              (each) => each.split("=") as [string, string],
            ),
          ),
          KAL_ORIGIN: "https://kal.example.com",
          KAL_CACHE_KEY: "q8Zt1Vw5Yb3Nc7Md9Lf0Kg2Jh4Pr6Xs8",
          ROOT: root,
          LOG: path.join(work, "log"),
          HEALTH: image.Healthcheck.Test[3],
          IMAGE_USER: image.User,
          SIGNAL: image.StopSignal.replace(/^SIG/, ""),
        },
      },
    );
    expect(status, stderr + readFileSync(path.join(work, "log"), "utf8")).toBe(0);
    expect(stdout.trim().split("\n")).toEqual(["healthy", "65532", "EROFS", "stopped"]);
    expect(readFileSync(path.join(work, "log"), "utf8")).toContain('"msg":"stopped"');
  });
});
