/**
 * New data as soon as the workbook is opened, where its people want that: without it saved values stand.
 *
 * The setting is in the file, and a file comes from anywhere: whoever sends one would make this computer ask for data
 * with the connections that it holds. So a person here agrees once, for each workbook's address and connection.
 * @module
 */
import { readStored, writeStored } from "../session/origin-storage.ts";
import { currentConnection, onSessionChange } from "../session/session.ts";
import { refresh } from "./refresh.ts";
import { refreshesOnOpen, rememberRefreshOnOpen } from "./workbook-settings.ts";

const stored = "refreshOnOpen";

/** Workbooks that are remembered, the latest ones. */
const maxAgreed = 200;

/** The connection that the workbook wants to refresh with, while nobody has answered. */
let asked: string | undefined;
const listeners = new Set<() => void>();

/** What is agreed to; undefined for a workbook that has no address yet: it is asked about each time. */
function agreement(): readonly [address: string, connection: string] | undefined {
  const address = Office.context?.document?.url;
  const connection = currentConnection();
  if (!address || !connection) return undefined;
  return [address, `${connection.environment} ${connection.name}`];
}

function readAgreed(): unknown[] {
  const agreed = readStored(stored);
  return Array.isArray(agreed) ? agreed : [];
}

function isAgreed(): boolean {
  const own = JSON.stringify(agreement());
  return own !== undefined && readAgreed().some((one) => JSON.stringify(one) === own);
}

function rememberAgreed(isOn: boolean): void {
  const own = agreement();
  if (!own) return;
  const others = readAgreed().filter((one) => JSON.stringify(one) !== JSON.stringify(own));
  writeStored(stored, isOn ? [...others, own].slice(-maxAgreed) : others);
}

/**
 * Refreshes once, as soon as there is a connection: without one the saved values would give way to errors. Where
 * nobody on this computer has agreed yet, the pane comes forward and asks.
 */
export function refreshOnOpen(): void {
  if (!refreshesOnOpen()) return;
  if (currentConnection()) return begin();
  const stop = onSessionChange(() => {
    if (!currentConnection()) return;
    stop();
    begin();
  });
}

function begin(): void {
  if (isAgreed()) return refreshUnasked();
  ask(currentConnection()?.label);
  // Where Excel refuses, the question is there when the pane is opened.
  void Office.addin?.showAsTaskpane?.().catch(() => undefined);
}

/** Nobody pressed anything, so nobody is told where Excel refuses. */
function refreshUnasked(): void {
  void refresh("workbook").catch(() => undefined);
}

function ask(connection: string | undefined): void {
  asked = connection;
  for (const listener of listeners) listener();
}

/** Label of the connection that the workbook wants to refresh with; undefined where there is nothing to answer. */
export function refreshQuestion(): string | undefined {
  return asked;
}

/** Calls back when there is something to answer, and when it was answered. */
export function onRefreshQuestion(listener: () => void): void {
  listeners.add(listener);
}

/** Takes the person's answer; a refusal holds until the workbook is opened again. */
export function answerRefreshQuestion(isAllowed: boolean): void {
  if (asked === undefined) return;
  ask(undefined);
  if (!isAllowed) return;
  rememberAgreed(true);
  refreshUnasked();
}

/**
 * Switches it on or off for this workbook. The runtime must be there to refresh, so opening the workbook then starts
 * it; that is asked of Excel for these workbooks alone, as people without the add-in are told of it (office-js 1542).
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function chooseRefreshOnOpen(isOn: boolean): Promise<void> {
  const { load, none } = Office.StartupBehavior;
  await Office.addin.setStartupBehavior(isOn ? load : none);
  rememberRefreshOnOpen(isOn);
  rememberAgreed(isOn);
}
