/**
 * The command of a release: `kal start`, `kal check`, `kal version`.
 * @module
 */
import { version } from "../version.ts";

const usage = `Usage: kal <command>
  start          starts the service, configured by environment variables
  manifest       writes the manifests for Microsoft 365; without options it lists them
  check          says whether this installation is sound; --json for programs
  version`;

const [command, ...options] = process.argv.slice(2);

/** What each command takes. */
const accepted: Readonly<Record<string, readonly string[]>> = { start: [], check: ["--json"], version: [] };

const isUnderstood = options.every((option) => accepted[command ?? ""]?.includes(option));

switch (isUnderstood ? command : undefined) {
  case "start":
    await import("../program.ts");
    break;
  case "check": {
    const { checkInstallation } = await import("./check.ts");
    const { isSound, text } = await checkInstallation({
      environment: process.env,
      asJson: options.includes("--json"),
    });
    console.log(text);
    process.exitCode = isSound ? 0 : 1;
    break;
  }
  case "version":
    console.log(version);
    break;
  default:
    console.error(usage);
    process.exitCode = 2;
}
