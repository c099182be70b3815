/**
 * On the first visit in a browser, connects to the sample data automatically, so that a new person sees the product
 * work. Only once, so that a person who disconnects stays disconnected.
 * @module
 */
import { requestHeader } from "../../kalibrate/gateway-api.ts";
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

async function offersSample(): Promise<boolean> {
  const response = await fetch("/api/v1/environments", {
    headers: { [requestHeader.name]: requestHeader.value },
  });
  const environments = (await response.json()) as { readonly id: string }[];
  return environments.some(({ id }) => id === "sample");
}
