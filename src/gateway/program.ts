/**
 * The gateway as a program of its own: configured by the environment, stopped by a signal.
 * @module
 */
import { startGateway } from "./main.ts";

const starting = startGateway({ environment: process.env });

let isStopping = false;

function stop(): void {
  // A second signal must not cut the closing short.
  if (isStopping) return;
  isStopping = true;
  starting
    .then((gateway) => gateway.close())
    .then(
      () => process.exit(),
      (error: unknown) => {
        console.error("The service did not stop cleanly:", error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
}

// Listened for from the beginning: who reads that it is ready may stop it at once. Not `once`: the file lock's library
// (signal-exit) ends the process at a signal that has no other listener left.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);

try {
  const { url } = await starting;
  console.log(`ready ${url}`);
} catch (error) {
  // What people can mend is said in a sentence, not in a stack trace.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
