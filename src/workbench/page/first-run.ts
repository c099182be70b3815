/**
 * The first time in a browser, the workbench connects to the sample data by itself: whoever opens it sees what the
 * product does. Only once, so that a disconnected person stays disconnected.
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
    // The pane has a button for the same, and says what is wrong.
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
