/**
 * Signing in by a click, and what has come of the silent attempt.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/sign-in.ts";

/** Ids on the page. */
export const problemId = "sign-in-problem";
export const buttonId = "sign-in";

export interface SignInPanel {
  state: "checking" | "idle" | "asking";
  problem: KalError | undefined;
  /** Whom to ask for access. */
  readonly contact: string | undefined;
  /** Whether the person may type credentials instead. */
  readonly typedCredentials: boolean;
  readonly signIn: () => Promise<void>;
  readonly cancel: () => void;
}

export interface SignInPanelOptions extends Pick<SignInPanel, "contact" | "typedCredentials"> {
  readonly onSignedIn?: (() => void) | undefined;
}

export function createSignInPanel({ onSignedIn, ...settings }: SignInPanelOptions): SignInPanel {
  let attempt: AbortController | undefined;
  const panel: SignInPanel = reactive<SignInPanel>({
    ...settings,
    state: "checking",
    problem: undefined,

    async signIn() {
      if (panel.state === "asking") return;
      attempt = new AbortController();
      const { signal } = attempt;
      panel.state = "asking";
      panel.problem = undefined;
      announce(texts.asking);
      try {
        const { signIn } = await runtime.session.loadSignIn();
        const { analyst } = await signIn(signal);
        announce(texts.signedIn(analyst?.name ?? texts.account.unnamed));
        onSignedIn?.();
      } catch (error) {
        if (signal.aborted) {
          announce(texts.cancelled);
          focusSoon(buttonId);
        } else {
          announce("");
          panel.problem = asKalError(error);
          focusSoon(problemId);
        }
      }
      panel.state = "idle";
    },

    cancel: () => attempt?.abort(),
  });
  void followSilent();
  return panel;

  /** The runtime signs in without a click where it can. What it was refused is said; that it must ask is not. */
  async function followSilent(): Promise<void> {
    try {
      await (await runtime.session.loadSignIn()).underWay();
    } catch (error) {
      const failure = asKalError(error);
      if (panel.state === "checking" && failure.code !== "KAL_SIGN_IN_REQUIRED") panel.problem = failure;
    }
    if (panel.state === "checking") panel.state = "idle";
  }
}
