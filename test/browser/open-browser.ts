/**
 * A browser for the tests: the Chromium that npm installs, otherwise one that this computer has.
 * @module
 */
import { existsSync } from "node:fs";
import chromiumPackage from "@sparticuz/chromium";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

export type OpenedBrowser =
  | { readonly browser: Browser; readonly unavailable?: undefined }
  /** Why there is none: the reason of a skip. */
  | { readonly browser?: undefined; readonly unavailable: string };

const debianPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell", "/usr/bin/google-chrome"];

/** Ways to a browser, the one that everybody has the same of first. */
const ways: readonly (() => Promise<LaunchOptions> | LaunchOptions)[] = [
  async () => {
    // The package holds a build for Linux on x64 only.
    if (process.platform !== "linux" || process.arch !== "x64") throw new Error("no build for this computer");
    return { executablePath: await chromiumPackage.executablePath() };
  },
  () => ({ channel: "chrome" }),
  () => ({ channel: "msedge" }),
  () => {
    const executablePath = debianPlaces.find((file) => existsSync(file));
    if (!executablePath) throw new Error("no Chromium in /usr/bin");
    return { executablePath };
  },
];

let opened: OpenedBrowser | undefined;

/**
 * Opens the first browser that starts, in place of the one that an earlier file of this worker opened: one for all of
 * them crashed after some ten minutes. The last one ends with the worker.
 */
export async function openBrowser(): Promise<OpenedBrowser> {
  await opened?.browser?.close();
  opened = await launch();
  return opened;
}

async function launch(): Promise<OpenedBrowser> {
  const reasons: string[] = [];
  for (const way of ways) {
    try {
      // Containers run the tests as root, where Chromium's sandbox refuses to start; the pages are our own.
      const browser = await chromium.launch({ ...(await way()), chromiumSandbox: false });
      return { browser };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message.split("\n", 1)[0]! : String(error));
    }
  }
  return { unavailable: `no browser starts (${reasons.join("; ")})` };
}
