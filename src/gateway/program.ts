/**
 * The gateway as a program: configured by environment variables, stopped by a signal.
 * @module
 */
import { startGateway } from "./main.ts";

const starting = startGateway({ environment: process.env });

let isStopping = false;

function stop(): void {
  // A second signal must not interrupt the closing.
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

// Registered at once: a process that reads that it is ready may stop it immediately. Not `once`: the file lock's
// library (signal-exit) ends the process at a signal without another listener.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);

try {
  const { url } = await starting;
  console.log(`ready ${url}`);
} catch (error) {
  // Errors that people can correct are printed as a sentence, not as a stack trace.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
