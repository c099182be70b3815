/**
 * The administrator's guide as its commands.
 * @module
 */
import { readFileSync } from "node:fs";

export const guide = readFileSync("docs/administrator.md", "utf8");

/** The blocks of the shell, in the guide's order. */
export const blocks = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = ""]) => text);

/** What a user of Redis for KAL may do, as the guide says: the rest of `ACL SETUSER kal on >PASSWORD ~kal:*`. */
export const redisCommands = (/a user for KAL needs the commands `(.*?)`/.exec(guide)?.[1] ?? "").split(" ");
