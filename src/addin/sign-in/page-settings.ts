/**
 * How people connect to this service, as the page says it: nothing has to be asked before something is shown.
 * @module
 */
import type { SignInSettings } from "../../kalibrate/gateway-api.ts";

export function readPageSettings(): SignInSettings {
  const text = document.documentElement.dataset["signIn"];
  return text ? (JSON.parse(text) as SignInSettings) : { typedCredentials: true };
}
