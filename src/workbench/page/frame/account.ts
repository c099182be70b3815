/**
 * The account that somebody is signed in to the emulated Excel with: a local identity provider gives its tokens.
 * @module
 */
import type { AccountToken, HostAccount } from "../../excel-host/nested-app-auth.ts";

/** @param address of the provider's tokens, with the person: `http://localhost:4000/host/token#ada` */
export function createAccount(address: string): HostAccount {
  const [url = "", person = ""] = address.split("#");
  return {
    async token() {
      const body = JSON.stringify({ person });
      const response = await fetch(url, { method: "POST", body });
      if (!response.ok) throw new Error(`The identity provider answers ${response.status}.`);
      return (await response.json()) as AccountToken;
    },
  };
}
