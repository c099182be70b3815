/**
 * The gateway as a program of its own: configured by the environment, stopped by a signal.
 * @module
 */
import { startGateway } from "./main.ts";

const starting = startGateway({ environment: process.env });

// Listened for from the beginning: who reads that it is ready may stop it at once.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    const stopped = starting.then((gateway) => gateway.close());
    void stopped.catch(() => undefined).finally(() => process.exit());
  });
}

try {
  const { url } = await starting;
  console.log(`ready ${url}`);
} catch (error) {
  // What people can mend is said in a sentence, not in a stack trace.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
