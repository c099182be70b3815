/**
 * The proxy for outgoing requests, from the variables that all programs read: `HTTPS_PROXY`, `HTTP_PROXY` and
 * `NO_PROXY`, in upper or lower case.
 * @module
 */
import type { Issue } from "./issues.ts";

export interface Proxies {
  /** URLs, which may contain a password; undefined if there is no proxy. */
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached directly, in the form that undici reads. */
  readonly noProxy: string;
}

/** This computer's own addresses never go through a proxy. */
const own = ["localhost", "127.0.0.1", "[::1]"];

const form =
  "an address such as http://proxy.example.com:8080 or http://user:password@proxy.example.com:8080, with special characters of user and password percent-encoded";

/** Reads the variables. Issues are added to the list; valid values are used. */
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
    // A value that may contain a password is not shown.
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

/** As in curl and other programs, an address without a scheme means http. */
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
 * An IPv6 address needs brackets, or its last group would count as a port. A final dot of a host name is removed.
 * Networks such as 10.0.0.0/8 stay unchanged and match nothing, because the Data API and the identity provider are
 * reached by name.
 */
function readException(entry: string): string {
  return /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(entry)
    ? `[${entry}]`
    : entry.replace(/\.(?=$|:\d+$)/, "");
}
