/**
 * Ends the service that `npm start` runs. A process that does not answer as KAL is not touched.
 * @module
 */
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { failure } from "./failure.mjs";
import { runQuietly } from "./run.mjs";
import { answersAsService, isAlive, readRunning, removeRunning } from "./running.mjs";
import { unloadCommand } from "./sideload.mjs";

/**
 * @param {object} context
 * @param {string} context.root
 * @param {(message: string) => void} context.say
 * @param {NodeJS.Platform} [context.platform]
 * @param {(pid: number) => void} [context.end]
 * @param {typeof answersAsService} [context.answers]
 * @param {typeof isAlive} [context.alive]
 * @param {() => Promise<unknown>} [context.pause] between two checks whether the process has ended
 * @param {typeof runQuietly} [context.run]
 * @throws a failure if the process does not answer as KAL, or does not end
 */
export async function stop({
  root,
  say,
  platform = process.platform,
  end = (pid) => process.kill(pid, "SIGTERM"),
  answers = answersAsService,
  alive = isAlive,
  pause = () => delay(100),
  run = runQuietly,
}) {
  if (platform === "win32" || platform === "darwin") {
    // Even if nothing is running, because the add-in stays in Excel after Ctrl-C. Its id does not depend on the port.
    await run(unloadCommand(root, path.join(root, "manifest.xml")), { cwd: root });
  }
  const service = readRunning(root);
  if (!service || !alive(service.pid)) {
    if (service) removeRunning(root, service.pid);
    say("No KAL service is running.");
    return;
  }
  const { pid, url } = service;
  if (!(await answers(url))) {
    throw failure(
      `Process ${pid} does not answer as KAL at ${url}, so it was not ended: the process id may belong to another ` +
        "program by now. If it is KAL, end it by hand.",
    );
  }
  end(pid);
  // Longer than the service needs at most: a running call may take the whole pull deadline.
  for (let looks = 0; alive(pid); looks++) {
    if (looks === 20) say("Waiting for running calls to finish.");
    if (looks === 1800) throw failure(`Process ${pid} was told to end but is still running. End it by hand.`);
    await pause();
  }
  removeRunning(root, pid);
  say(`KAL at ${url} has ended.`);
}
