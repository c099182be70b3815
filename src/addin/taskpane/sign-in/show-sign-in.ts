/**
 * Signing in, as a chunk: only organisations that have set it up need it.
 * @module
 */
import { createSignInPanel, type SignInPanelOptions } from "./sign-in-panel.ts";
import { signInTemplate } from "./sign-in-template.ts";
import "./sign-in.css";

export const showSignIn = (place: HTMLElement, options: SignInPanelOptions) =>
  signInTemplate.render(createSignInPanel(options), place);
