/**
 * What the pane has to say beside its views: it stands above them, whichever is shown.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { announce } from "../announce.ts";

export interface Notices {
  /** What has just happened. */
  said: string | undefined;
}

export const notices = reactive<Notices>({ said: undefined });

/** Says it to whoever looks and to whoever listens, until something else is said. */
export function say(text: string): void {
  notices.said = text;
  announce(text);
}

/** It is no longer news. */
export function unsay(): void {
  notices.said = undefined;
}
