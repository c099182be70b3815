/**
 * The proxy on the way out, from the variables that all programs read: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in
 * either case.
 * @module
 */
import type { Issue } from "./issues.ts";

export interface Proxies {
  /** URLs; undefined where there is none. May hold a password. */
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached directly, in the form that undici reads. */
  readonly noProxy: string;
}

/** This computer's own addresses never go through a proxy. */
const own = ["localhost", "127.0.0.1", "[::1]"];

const form =
  "an address such as http://proxy.example.com:8080 or http://user:password@proxy.example.com:8080, with special characters of user and password percent-encoded";

/** Reads the variables; mistakes are added to the list, and what is right is used. */
export function readProxies(
  environment: Readonly<Record<string, string | undefined>>,
  issues: Issue[],
): Proxies {
  const find = (name: string) => {
    const spelling = environment[name.toLowerCase()] === undefined ? name : name.toLowerCase();
    return { spelling, text: environment[spelling]?.trim() ?? "" };
  };
  const read = (name: string): string | undefined => {
    const { spelling, text } = find(name);
    if (text === "") return undefined;
    const url = readUrl(text);
    // What holds a password, or may, is not shown.
    if (!url) issues.push({ path: spelling, expected: form, ...(text.includes("@") ? {} : { found: text }) });
    return url;
  };
  const entries = find("NO_PROXY")
    .text.split(/[\s,]+/)
    .filter(Boolean)
    .map(readException);
  return {
    http: read("HTTP_PROXY"),
    https: read("HTTPS_PROXY"),
    noProxy: entries.includes("*") ? "*" : [...entries, ...own].join(","),
  };
}

/** As curl and others do, an address without a scheme is taken for http. */
function readUrl(text: string): string | undefined {
  const whole = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const { protocol, hostname, pathname, search, hash, username, password, href } = new URL(whole);
  const isPlain = pathname === "/" && search === "" && hash === "";
  const isRight = /^https?:$/.test(protocol) && hostname !== "" && isPlain;
  return isRight && canDecode(username) && canDecode(password) ? href : undefined;
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * An IPv6 address needs its brackets, or its last group is taken for a port; the dot behind a whole name says nothing.
 * Networks such as 10.0.0.0/8 stay as they are and match nothing: the Data API and the identity provider have names.
 */
function readException(entry: string): string {
  return /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(entry)
    ? `[${entry}]`
    : entry.replace(/\.(?=$|:\d+$)/, "");
}
