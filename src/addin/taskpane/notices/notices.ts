/**
 * Notices, shown above whichever view is open.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import { localNetworkAdvice } from "../../runtime/session/local-network.ts";
import { secretExpiry } from "../../runtime/session/secret-expiry.ts";
import type { Question } from "../../runtime/confirmation.ts";
import { announce } from "../common/announce.ts";
import { texts } from "../texts/pane.ts";
import { type DueNotice, dueNotices } from "./due-notices.ts";

/** Id of the page element that contains them. */
export const noticesId = "notices";

export interface Notices {
  /** Message about the last event. */
  said: string | undefined;
  /**
   * Whether the service of the current connection cannot be reached. Without a connection the form to connect shows
   * this itself.
   */
  isOffline: boolean;
  /** What to do about it, where the browser may be the reason. */
  offlineAdvice: string | undefined;
  due: readonly DueNotice[];
  /** Label of the connection that the workbook wants to refresh with. */
  refreshQuestion: string | undefined;
  /** A question that a command waits for. */
  question: Question | undefined;
  /** The notice that the person has acted on, until the section Connection handles it. */
  asked: DueNotice["kind"] | undefined;
}

export const notices = reactive<Notices>({
  said: undefined,
  isOffline: false,
  offlineAdvice: undefined,
  due: [],
  refreshQuestion: undefined,
  question: undefined,
  asked: undefined,
});

/** Shows and announces a message; it stays until the next one. */
export function say(text: string): void {
  notices.said = text;
  announce(text);
}

/** Clears the message, or only this one if there is a newer one. */
export function unsay(text = notices.said): void {
  if (notices.said === text) notices.said = undefined;
}

/** How often the time-dependent notices are checked while the pane is visible. */
const minute = 60_000;

/** Keeps the notices up to date from now on. */
export function followNotices(): void {
  runtime.reachability.onChange(showReachability);
  runtime.session.onChange(lookAtClock);
  runtime.session.onChange(showReachability);
  addEventListener("online", () => void askService());
  addEventListener("offline", () => void askService());
  // Timers stop while a computer sleeps, so check when it wakes as well.
  document.addEventListener("visibilitychange", lookAround);
  setInterval(lookAround, minute);
  runtime.refreshOnOpen.onQuestion(showRefreshQuestion);
  runtime.confirmation.onChange(showQuestion);
  showReachability();
  lookAtClock();
  showRefreshQuestion();
  showQuestion();
}

function showQuestion(): void {
  notices.question = runtime.confirmation.question();
  if (!notices.question) return;
  announce(texts.notice.question(notices.question));
  // It stands at the top, which may be out of sight; nothing happens until it is answered.
  scrollTo({ top: 0 });
}

function showRefreshQuestion(): void {
  const label = runtime.refreshOnOpen.question();
  notices.refreshQuestion = label;
  if (label !== undefined) announce(texts.notice.refreshQuestion(label));
}

function lookAround(): void {
  if (document.visibilityState !== "visible") return;
  lookAtClock();
  if (!runtime.reachability.isReachable()) void askService();
}

/** Updates the notices that depend on the time. */
export function lookAtClock(): void {
  const connection = runtime.session.current();
  const due = connection ? dueNotices(connection, secretExpiry(connection.name), Date.now()) : [];
  // Assigning equal notices would render them again.
  if (JSON.stringify(due) === JSON.stringify(notices.due)) return;
  notices.due = due;
  if (due[0]) announce(due.map(({ text }) => text).join(" "));
}

function showReachability(): void {
  const isOffline = !runtime.reachability.isReachable() && runtime.session.all().length > 0;
  if (isOffline === notices.isOffline) return;
  notices.isOffline = isOffline;
  notices.offlineAdvice = undefined;
  if (isOffline) {
    announce(texts.notice.offline);
    void localNetworkAdvice().then((advice) => {
      notices.offlineAdvice = advice;
      if (advice !== undefined) announce(advice);
    });
  } else if (runtime.reachability.isReachable()) announce(texts.notice.online);
}

/** Makes a request that needs no connection; any answer shows that the service can be reached. */
async function askService(): Promise<void> {
  await runtime.session.listEnvironments().catch(() => undefined);
}
