/**
 * The gateway as a program of its own: configured by the environment, stopped by a signal.
 * @module
 */
import { startGateway } from "./main.ts";

try {
  const gateway = await startGateway({ environment: process.env });
  console.log(`ready ${gateway.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void gateway.close().finally(() => process.exit());
    });
  }
} catch (error) {
  // What people can mend is said in a sentence, not in a stack trace.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
