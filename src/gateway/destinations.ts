/**
 * Decides which hosts the gateway may send requests to.
 *
 * Names are compared after the URL parser has normalised them, so that other spellings of an address (`0x7f.1`,
 * `EXAMPLE.com`, punycode) cannot bypass the check. An allowed name that resolves to an internal address gains
 * nothing: https checks the certificate against the name.
 * @module
 */
import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an IP address (without brackets) is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a URL points to this machine: `localhost`, 127.x.x.x or [::1]. */
export function isLoopbackUrl(url: URL): boolean {
  return url.hostname === "localhost" || isLoopbackAddress(url.hostname.replace(/^\[|\]$/g, ""));
}

/** https anywhere; plain http only to this machine, and only if that is allowed. */
export function isSafeScheme(url: URL, allowLoopback: boolean): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && allowLoopback && isLoopbackUrl(url));
}

/**
 * Whether a URL's host matches one of the patterns: `data.example.com`, `*.example.com` (any depth below, not itself),
 * each with `:port` unless it is the scheme's default.
 */
export function matchesHost(url: URL, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.startsWith("*.") ? url.host.endsWith(pattern.slice(1)) : url.host === pattern,
  );
}
