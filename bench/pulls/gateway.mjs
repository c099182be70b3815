/** The built gateway as a separate process, with the upstream as its only environment. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [root = "", origin = ""] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "kal-bench-"));
const file = path.join(folder, "kal.json");
const tenant = "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80";
const environment = { id: "bench", label: "Bench", apiBaseUrl: `${origin}/api`, authority: origin, tenant };
writeFileSync(file, JSON.stringify({ environments: [environment] }));
const { startGateway } = await import(pathToFileURL(path.join(root, "dist/service/gateway.js")).href);
const gateway = await startGateway({
  environment: {
    KAL_PORT: "0",
    KAL_MAX_AGE: "0",
    KAL_CONFIG: file,
    KAL_ALLOW_LOOPBACK: "1",
    KAL_PAGE_TIMEOUT: "900",
    KAL_PULL_TIMEOUT: "900",
    KAL_LOG_LEVEL: "error",
  },
});
// Exclude the start from the measurement.
const begun = process.cpuUsage();
process.on("message", async () => {
  const { user, system } = process.cpuUsage(begun);
  process.send?.({ cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024 });
  await gateway.close();
  rmSync(folder, { recursive: true });
  process.disconnect();
});
process.send?.({ url: `http://localhost:${gateway.port}` });
