/**
 * A simulated computer for `npm start`: it only records what would happen.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { readStartOptions } from "../../../scripts/steps/plan-start.mjs";
import type { ServiceModules } from "../../../scripts/steps/serve.mjs";
import { makeProject, packageFiles } from "./project.ts";

interface Log {
  write(line: string): void;
}

interface Command {
  program: string;
  arguments: string[];
}

/**
 * A computer on which everything that `npm start` touches is replaced by a note in `happened`. The service is stopped
 * when a note or a message matches `until`.
 */
export function computer({
  argv = [] as string[],
  platform = "linux" as NodeJS.Platform,
  environment = {},
  outputs = {} as Record<string, string>,
  until = /^ready /,
}) {
  const root = makeProject({
    "manifest.xml": readFileSync("manifest.xml", "utf8"),
    ...packageFiles("office-addin-dev-certs", ""),
    ...packageFiles("office-addin-debugging", ""),
  });
  let stop: (value?: unknown) => void;
  const stopped = new Promise((resolve) => (stop = resolve));
  const noteIn = (notes: string[]) => (text: string) => {
    notes.push(text);
    if (until.test(text)) stop();
  };
  const happened: string[] = [];
  const said: string[] = [];
  const note = noteIn(happened);
  const gatewayOptions: { environment: NodeJS.ProcessEnv; sampleEnvironment?: unknown }[] = [];
  const service: ServiceModules = {
    startSimulator: () => {
      note("simulator starts");
      return Promise.resolve({
        environment: { id: "sample" },
        credentials: { sample: { clientId: "", clientSecret: "", scope: "" } },
        close: () => Promise.resolve(note("simulator closes")),
      });
    },
    startGateway: ({ log, ...options }: (typeof gatewayOptions)[number] & { log: Log }) => {
      log.write("listening\n");
      gatewayOptions.push(options);
      note("gateway starts");
      const scheme = options.environment["KAL_TLS_CERT"] ? "https" : "http";
      return Promise.resolve({
        port: Number(options.environment["KAL_PORT"]),
        url: `${scheme}://localhost:${options.environment["KAL_PORT"]}`,
        close: () => Promise.resolve(note("gateway closes")),
      });
    },
  };
  const startWorkbench: ServiceModules["startWorkbench"] = async ({ port, startGateway }) => {
    const gateway = await startGateway(`http://localhost:${port}`);
    note("workbench starts");
    return {
      url: `http://localhost:${port}`,
      close: async () => {
        note("workbench closes");
        await gateway.close();
      },
    };
  };
  const context = {
    root,
    platform,
    environment,
    home: "/home/ana",
    options: readStartOptions(argv),
    exists: (file: string) => file === "/Applications/Microsoft Excel.app",
    run: (command: Command) => {
      const text = describeCommand(command).replaceAll(root, "ROOT").replaceAll("\\", "/");
      note(text);
      const output = Object.entries(outputs).find(([beginning]) => text.startsWith(beginning))?.[1] ?? "";
      return Promise.resolve({ code: 0, output });
    },
    load: (mode: string) => Promise.resolve(mode === "excel" ? service : { ...service, startWorkbench }),
    print: note,
    say: noteIn(said),
    stopped,
  };
  return { root, context, service, happened, said, gatewayOptions };
}

/** Describes a command by the package's name and its arguments. */
function describeCommand({ program, arguments: [first = "", ...others] }: Command) {
  return [
    ...(program === process.execPath ? [path.basename(path.dirname(first))] : [program, first]),
    ...others,
  ].join(" ");
}

/** Matches the message at the end of loading the add-in into Excel. */
export const loadingEnds = /Excel opens|could not be loaded/;

export const trusted = {
  "office-addin-dev-certs install": "You already have trusted access to https://localhost.",
};
