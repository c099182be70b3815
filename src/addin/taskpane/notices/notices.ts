/**
 * What the pane has to say beside its views: it stands above them, whichever is shown.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import { secretExpiry } from "../../runtime/session/secret-expiry.ts";
import type { Question } from "../../runtime/confirmation.ts";
import { announce } from "../common/announce.ts";
import { texts } from "../texts/pane.ts";
import { type DueNotice, dueNotices } from "./due-notices.ts";

export interface Notices {
  /** What has just happened. */
  said: string | undefined;
  /** Whether what is connected cannot be asked; where nothing is, the form that connects says so itself. */
  isOffline: boolean;
  due: readonly DueNotice[];
  /** Label of the connection with which the workbook wants to refresh by itself. */
  refreshQuestion: string | undefined;
  /** What a command asks before it goes on. */
  question: Question | undefined;
  /** What the person wants to do about one of them, until the section of connections takes it up. */
  asked: DueNotice["kind"] | undefined;
}

export const notices = reactive<Notices>({
  said: undefined,
  isOffline: false,
  due: [],
  refreshQuestion: undefined,
  question: undefined,
  asked: undefined,
});

/** Says it to whoever looks and to whoever listens, until something else is said. */
export function say(text: string): void {
  notices.said = text;
  announce(text);
}

/** It is no longer news. */
export function unsay(): void {
  notices.said = undefined;
}

/** How often the clock is looked at while the pane is shown. */
const minute = 60_000;

/** Keeps the notices true from now on. */
export function followNotices(): void {
  runtime.reachability.onChange(showReachability);
  runtime.session.onChange(lookAtClock);
  runtime.session.onChange(showReachability);
  addEventListener("online", () => void askService());
  addEventListener("offline", () => void askService());
  // A computer that sleeps holds its timers, so the clock is looked at on waking as well.
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
  if (notices.question) announce(texts.notice.question(notices.question.count));
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

/** Looks at what is due, as the wall clock has it. */
export function lookAtClock(): void {
  const connection = runtime.session.current();
  const due = connection ? dueNotices(connection, secretExpiry(connection.name), Date.now()) : [];
  // The same words again would be a change on the page.
  if (JSON.stringify(due) === JSON.stringify(notices.due)) return;
  notices.due = due;
  if (due[0]) announce(due.map(({ text }) => text).join(" "));
}

function showReachability(): void {
  const isOffline = !runtime.reachability.isReachable() && runtime.session.all().length > 0;
  if (isOffline === notices.isOffline) return;
  notices.isOffline = isOffline;
  if (isOffline) announce(texts.notice.offline);
  else if (runtime.reachability.isReachable()) announce(texts.notice.online);
}

/** Asks for what needs no connection: whatever answers is noted. */
async function askService(): Promise<void> {
  await runtime.session.listEnvironments().catch(() => undefined);
}
