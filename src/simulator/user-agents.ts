/**
 * User-Agents that the vendor's gateway refuses: none, or a script library's default. The vendor's authentication
 * tutorial says so of Python's; the others are similar.
 * @module
 */

const scriptLibraries: readonly RegExp[] = [
  /^$/,
  /^python\b/i, // python-requests/2.31, Python/3.11 aiohttp/3.9, Python-urllib/3.11
  /^curl\b/i,
  /^wget\b/i,
  /^node$/i, // fetch of Node 20 and newer
  /^undici$/i,
  /^node-fetch\b/i,
  /^node-superagent\b/i,
  /^axios\b/i,
  /^got\b/i,
  /^go-http-client\b/i,
  /^java\b/i, // Java/17, Java-http-client/17
  /^apache-httpclient\b/i,
  /^okhttp\b/i,
  /^ruby\b/i,
  /^libwww-perl\b/i,
  /\bWindowsPowerShell\b/,
  /\bPowerShell\/\d/,
];

export function isScriptLibrary(userAgent: string | undefined): boolean {
  return scriptLibraries.some((pattern) => pattern.test(userAgent ?? ""));
}
