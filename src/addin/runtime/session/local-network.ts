/**
 * Excel on the web: Chromium asks people before a page reaches a private address (Chrome 142, Edge 143), and the service
 * of an organisation often has one. Whoever clicked Block is not asked again (office-js 6281, 6860).
 * @module
 */

/** What browsers call it, older and newer ones. */
const names = ["local-network-access", "local-network", "loopback-network"];

/**
 * What to click, where the browser may be what keeps this page from its service.
 * @returns undefined in Excel for Windows and Mac, and where the browser allows it or does not know such a permission
 */
export async function localNetworkAdvice(): Promise<string | undefined> {
  // Not the enumeration: a call may fail before all of Office is there.
  if (String(globalThis.Office?.context?.platform) !== "OfficeOnline") return undefined;
  const states = await Promise.all(names.map(stateOf));
  if (states.includes("denied")) {
    return "The browser blocks the local network for this site. Click the icon left of the address, allow access to the local network, and reload the page.";
  }
  if (states.includes("prompt")) {
    return "If the browser asks whether this site may reach your local network, click Allow. Otherwise check the network and reload the page.";
  }
  return undefined;
}

/** @returns undefined where the browser does not know the permission, or no permissions at all */
async function stateOf(name: string): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return undefined;
  }
}
