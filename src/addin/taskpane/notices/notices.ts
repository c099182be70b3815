/**
 * What the pane has to say beside its views: it stands above them, whichever is shown.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { isReachable, onReachabilityChange } from "../../runtime/session/reachability.ts";
import { secretExpiry } from "../../runtime/session/secret-expiry.ts";
import {
  currentConnection,
  heldConnections,
  listEnvironments,
  onSessionChange,
} from "../../runtime/session/session.ts";
import { onRefreshQuestion, refreshQuestion } from "../../runtime/workbook/refresh-on-open.ts";
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
  /** What the person wants to do about one of them, until the section of connections takes it up. */
  asked: DueNotice["kind"] | undefined;
}

export const notices = reactive<Notices>({
  said: undefined,
  isOffline: false,
  due: [],
  refreshQuestion: undefined,
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
  onReachabilityChange(showReachability);
  onSessionChange(lookAtClock);
  onSessionChange(showReachability);
  addEventListener("online", () => void askService());
  addEventListener("offline", () => void askService());
  // A computer that sleeps holds its timers, so the clock is looked at on waking as well.
  document.addEventListener("visibilitychange", lookAround);
  setInterval(lookAround, minute);
  onRefreshQuestion(showRefreshQuestion);
  showReachability();
  lookAtClock();
  showRefreshQuestion();
}

function showRefreshQuestion(): void {
  const label = refreshQuestion();
  notices.refreshQuestion = label;
  if (label !== undefined) announce(texts.notice.refreshQuestion(label));
}

function lookAround(): void {
  if (document.visibilityState !== "visible") return;
  lookAtClock();
  if (!isReachable()) void askService();
}

/** Looks at what is due, as the wall clock has it. */
export function lookAtClock(): void {
  const connection = currentConnection();
  const due = connection ? dueNotices(connection, secretExpiry(connection.name), Date.now()) : [];
  // The same words again would be a change on the page.
  if (JSON.stringify(due) === JSON.stringify(notices.due)) return;
  notices.due = due;
  if (due[0]) announce(due.map(({ text }) => text).join(" "));
}

function showReachability(): void {
  const isOffline = !isReachable() && heldConnections().length > 0;
  if (isOffline === notices.isOffline) return;
  notices.isOffline = isOffline;
  if (isOffline) announce(texts.notice.offline);
  else if (isReachable()) announce(texts.notice.online);
}

/** Asks for what needs no connection: whatever answers is noted. */
async function askService(): Promise<void> {
  await listEnvironments().catch(() => undefined);
}
