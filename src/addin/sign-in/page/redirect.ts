/**
 * The page to which the identity provider sends its answer: it hands it on to the page that asked.
 * @module
 */
import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";

broadcastResponseToMainFrame().catch((error: unknown) => console.error(error));
