/**
 * The built service as a separate process, as an organisation runs it.
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type Calls, callsTo } from "../../gateway/support/calls.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const program = path.join(root, "dist/service/program.js");
const memoryReporter = path.join(import.meta.dirname, "report-memory.mjs");

export interface Replica extends Calls {
  readonly port: number;
  /** All output so far. */
  output(): string;
  /** Sends a signal. @returns the exit code, or the signal that ended it, after it has ended. */
  kill(signal: NodeJS.Signals): Promise<number | string>;
  /** Bytes in use on the heap after a full garbage collection. */
  heapUsed(): Promise<number>;
}

/**
 * Starts the service on a free port of this computer.
 * @param variables its complete environment.
 * @param file the script for Node; default: the built service.
 */
export async function startReplica(
  variables: Readonly<Record<string, string>>,
  file = program,
  argv: readonly string[] = [],
): Promise<Replica> {
  const child = fork(file, argv, {
    execArgv: ["--expose-gc", "--import", memoryReporter],
    env: { KAL_PORT: "0", KAL_LOG_LEVEL: "trace", KAL_MAX_AGE: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const ready = new Promise<number>((resolve) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        // Behind a proxy it prints the proxy's origin, and its port is given.
        const [, origin = ""] = /^ready (http\S+)$/m.exec(output) ?? [];
        if (origin) resolve(Number(variables["KAL_PORT"]) || Number(new URL(origin).port));
      });
    }
  });
  const ended = endOf(child);
  const port = await Promise.race([ready, ended.then(() => undefined)]);
  if (port === undefined) throw new Error(`the service did not start:\n${output}`);
  return {
    ...callsTo(`http://localhost:${port}`),
    port,
    output: () => output,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    heapUsed: async () => {
      child.send("memory");
      const [bytes] = (await once(child, "message")) as [number];
      return bytes;
    },
  };
}

/** Its exit code, or the signal that ended it, after all its output has been read. */
function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
}
