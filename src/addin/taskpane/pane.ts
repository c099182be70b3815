/**
 * Shows either the form to connect or the sections. It follows the session but never discards what a person is
 * entering.
 * @module
 */
import { runtime } from "../addin.ts";
import { Updates } from "@microsoft/fast-element";
import type { ConnectAnswer } from "../../kalibrate/gateway-api.ts";
import type { SessionChange } from "../runtime/session/held-connections.ts";
import { announce } from "./common/announce.ts";
import { chunkTemplate, createChunk } from "./chunk/chunk.ts";
import type { ShownConnect } from "./connect/connect.ts";
import { openConnect } from "./connect/open-connect.ts";
import { focusSoon } from "./common/focus.ts";
import { noticesId, say, unsay } from "./notices/notices.ts";
import type { ShownShell, ShowShell } from "./shell/shell.ts";
import { texts } from "./texts/pane.ts";

/** Id of the page element that contains both. */
export const mainId = "main";

/** The elements for the two views; one of them is always hidden. */
export interface PanePlaces {
  readonly connect: HTMLElement;
  readonly sections: HTMLElement;
}

const isConnected = () => runtime.session.all().length > 0;

/** Shows the appropriate view from now on. */
export function showPane(places: PanePlaces, isExcel: boolean): void {
  let connect: ShownConnect | undefined;
  let showShell: ShowShell | undefined;
  let shell: ShownShell | undefined;

  const shellChunk = createChunk({
    name: texts.product,
    problemId: "shell-problem",
    placeId: mainId,
    load: async () => (await import("./shell/shell.ts")).showShell,
    onLoaded(loaded) {
      showShell = loaded;
      openShell();
    },
  });
  chunkTemplate.render(shellChunk, places.sections);

  function showConnect(): void {
    connect = openConnect(places.connect, {
      environment: runtime.settings.connection(),
      onConnected: (answer) => void onConnected(answer),
    });
    places.sections.hidden = true;
    placeNotices();
  }

  /** Below the tabs, which must not move under the pointer when a notice comes; without tabs at the top. */
  function placeNotices(): void {
    const element = document.getElementById(noticesId);
    const tabs = places.sections.hidden ? null : places.sections.querySelector('[role="tablist"]');
    if (element && tabs) tabs.after(element);
    else if (element) places.connect.before(element);
  }

  function hideConnect(): void {
    if (!connect) return;
    connect.dispose();
    connect = undefined;
    // The announcement belonged to the previous view.
    announce("");
    unsay();
  }

  async function showSections(): Promise<void> {
    hideConnect();
    places.sections.hidden = false;
    await shellChunk.load();
    openShell();
  }

  function openShell(): void {
    shell ??= showShell?.(places.sections, isExcel);
    placeNotices();
  }

  async function onConnected({ connection }: ConnectAnswer): Promise<void> {
    const shown = showSections();
    announce(texts.connected(connection.label));
    await shown;
    shell?.focus();
  }

  function follow(change: SessionChange): void {
    if (isConnected()) {
      // Another workbook has connected.
      if (connect && !connect.isTouched()) void showSections();
      else if (change === "ended") say(texts.notice.ended);
    } else if (!connect) {
      showConnect();
      if (change === "ended") return say(texts.notice.ended);
      // Disconnecting also discards what was typed.
      shell?.dispose();
      shell = undefined;
      focusSoon(mainId);
    }
  }

  const needed = runtime.settings.connection();
  if (isConnected()) void showSections();
  else {
    showConnect();
    if (needed) say(texts.notice.workbookNeeds(needed));
  }
  // In the next frame, so that a change that is undone at once has no effect.
  runtime.session.onChange((change) => Updates.enqueue(() => follow(change)));
}
