/**
 * On the first visit in a browser, connects to the sample data automatically, so that a new person sees the product
 * work. Only once, so that a person who disconnects stays disconnected.
 * @module
 */
import { requestHeader, type SignInSettings } from "../../kalibrate/gateway-api.ts";
import { connectionsKey, connectToSample } from "../sample-connection.ts";

const visitedKey = "kal-workbench.visited";

export async function connectOnFirstRun(): Promise<void> {
  if (localStorage.getItem(visitedKey) || localStorage.getItem(connectionsKey)) return;
  try {
    if (!(await offersSample())) return;
    localStorage.setItem(connectionsKey, await connectToSample(""));
    localStorage.setItem(visitedKey, new Date().toISOString());
  } catch (error) {
    // The pane has a button for this, too, and shows the error there.
    console.warn(error);
  }
}

/** Where people sign in, they see that first. */
async function offersSample(): Promise<boolean> {
  const ask = async (path: string) => {
    const response = await fetch(`/api/v1${path}`, {
      headers: { [requestHeader.name]: requestHeader.value },
    });
    return (await response.json()) as unknown;
  };
  const [environments, signIn] = (await Promise.all([ask("/environments"), ask("/sign-in")])) as [
    readonly { readonly id: string }[],
    SignInSettings,
  ];
  return !signIn.provider && environments.some(({ id }) => id === "sample");
}
