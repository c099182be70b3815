/**
 * Development certificates: Excel loads pages only over https with a certificate that the computer trusts.
 * @module
 */
import os from "node:os";
import path from "node:path";
import { failure } from "./failure.mjs";
import { packageProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/**
 * @param {object} context
 * @param {string} context.root
 * @param {NodeJS.ProcessEnv} context.environment if it names a certificate (KAL_TLS_CERT, KAL_TLS_KEY), that one is
 * used
 * @param {(message: string) => void} context.say
 * @param {string} [context.home]
 * @param {typeof runQuietly} [context.run]
 * @returns {Promise<{ KAL_TLS_CERT: string, KAL_TLS_KEY: string }>} files
 */
export async function developmentCertificates({
  root,
  environment,
  say,
  home = os.homedir(),
  run = runQuietly,
}) {
  const { KAL_TLS_CERT, KAL_TLS_KEY } = environment;
  if (KAL_TLS_CERT && KAL_TLS_KEY) return { KAL_TLS_CERT, KAL_TLS_KEY };

  say("Checking that this computer trusts the development certificate (it may ask for your permission) …");
  const { output } = await run(packageProgram(root, "office-addin-dev-certs", ["install"]), { cwd: root });
  // The program always exits with 0; only on success does it mention trusted access.
  if (!output.includes("trusted access")) {
    throw failure(
      `${output}\nThe development certificate could not be installed. Run \`npx office-addin-dev-certs install\` by hand, ` +
        "or start for the browser: npm start -- --workbench",
    );
  }
  const folder = path.join(home, ".office-addin-dev-certs");
  return {
    KAL_TLS_CERT: path.join(folder, "localhost.crt"),
    KAL_TLS_KEY: path.join(folder, "localhost.key"),
  };
}
