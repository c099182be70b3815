/**
 * Checks the computer that the service runs on: Node version, memory, writable folders.
 * @module
 */
import { constants, statfsSync } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import v8 from "node:v8";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

const megabyte = 1_048_576;

/** The same minimum as `engines` in package.json. */
const minNode = [20, 19] as const;

/** Minimum free space beside a session file or an audit file. Megabytes. */
const minDisk = 200;

export async function checkMachine(context: CheckContext): Promise<Finding[]> {
  return [checkNode(), checkMemory(context), ...(await checkPlaces(context))];
}

function checkNode(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isOld = major < minNode[0] || (major === minNode[0] && minor < minNode[1]);
  return isOld ? failed("Node", `${node}: ${minNode.join(".")} or newer is needed`) : ok("Node", node);
}

/** The other half of the heap is for code, sessions and requests in progress. */
function checkMemory({ configuration }: CheckContext): Finding {
  const heap = Math.floor(v8.getHeapStatistics().heap_size_limit / megabyte);
  const { answerMemory } = configuration;
  const text = `${answerMemory} MB for answers of a heap of ${heap} MB`;
  return answerMemory > heap / 2
    ? failed("memory", `${text}: lower KAL_ANSWER_MEMORY or raise NODE_OPTIONS=--max-old-space-size`)
    : ok("memory", text);
}

async function checkPlaces({ configuration }: CheckContext): Promise<Finding[]> {
  const { sessionFile, audit } = configuration;
  const places = [
    { subject: "session file", file: sessionFile },
    { subject: "audit file", file: audit.file },
  ];
  return Promise.all(
    places.flatMap(({ subject, file }) => (file === undefined ? [] : [checkPlace(subject, file)])),
  );
}

async function checkPlace(subject: string, file: string): Promise<Finding> {
  const folder = path.dirname(path.resolve(file));
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    const free = Math.floor((bavail * bsize) / megabyte);
    const text = `${folder} can be written, ${free} MB free`;
    if (free === 0) return failed(subject, `${folder} is full: free some space`);
    return free < minDisk ? advice(subject, `${text}: free some space`) : ok(subject, text);
  } catch {
    return failed(subject, `${folder} cannot be written: create it, or give it to the service's user`);
  }
}
