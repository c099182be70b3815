/**
 * The page of the dialog that signs an analyst in. It stays where it is, as a provider that isolates its pages would
 * cut it off from the pane; the provider's page opens in a window behind the button.
 * @module
 */
import type { SignInAnswer } from "../../../kalibrate/gateway-api.ts";
import { createGatewayClient } from "../../runtime/session/gateway-client.ts";
import { createReachability } from "../../runtime/session/reachability.ts";
import { createServiceClock } from "../../runtime/session/service-clock.ts";
import type { DialogMessage } from "../ask-in-dialog.ts";
import { signInFailure } from "../failures.ts";
import { authorityOf, type Library, openStandard } from "../library.ts";
import { readPageSettings } from "../page-settings.ts";

const { provider, contact } = readPageSettings();

async function askProvider(library: Library): Promise<SignInAnswer> {
  if (!provider) throw new Error("This service has no sign-in.");
  const { accessToken } = await library.loginPopup({
    scopes: [provider.scope],
    authority: authorityOf(provider.tenant),
    // Whoever clicks may want another account than last time; who is meant to stay is renewed silently.
    prompt: "select_account",
  });
  const gateway = createGatewayClient(
    createReachability(),
    createServiceClock(() => performance.now()),
  );
  return (await gateway.call({ method: "POST", path: "/sign-in", body: { accessToken } })) as SignInAnswer;
}

function tellPane(message: DialogMessage): void {
  Office.context.ui.messageParent(JSON.stringify(message), { targetOrigin: location.origin });
}

async function signIn(library: Promise<Library>, say: (text: string) => void): Promise<void> {
  say("Go on in the window that has opened. If you have closed it, choose Sign in again.");
  try {
    tellPane({ answer: await askProvider(await library) });
  } catch (error) {
    const { code, message, hint } = signInFailure(error, contact);
    // What the person can mend here is said here, anything else in the pane.
    if (code === "KAL_SIGN_IN_REQUIRED") say(`${message} ${hint}`);
    else tellPane({ problem: { code, message, hint } });
  }
}

void Office.onReady(() => {
  const button = document.querySelector<HTMLButtonElement>("#sign-in");
  const message = document.getElementById("message");
  const say = (text: string) => {
    if (message) message.textContent = text;
  };
  if (!provider) return say("This service has no sign-in.");
  const library = openStandard(provider);
  // Until then a click would do nothing, or come too early for the browser to let it open a window.
  const enable = () => button?.removeAttribute("disabled");
  library.then(enable, enable);
  let isOpen = false;
  button?.addEventListener("click", () => {
    // The library does not notice that a window was closed, and allows no second one meanwhile.
    if (isOpen) return location.reload();
    isOpen = true;
    void signIn(library, say).finally(() => {
      isOpen = false;
    });
  });
});
