/**
 * What the pane shows: the way to a connection, or its sections. It follows the session, but never takes away what
 * somebody is entering.
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
import { say, unsay } from "./notices/notices.ts";
import type { ShownShell, ShowShell } from "./shell/shell.ts";
import { texts } from "./texts/pane.ts";

/** Id on the page of the element around both. */
export const mainId = "main";

/** Where the two are shown, side by side on the page and one of them hidden. */
export interface PanePlaces {
  readonly connect: HTMLElement;
  readonly sections: HTMLElement;
}

const isConnected = () => runtime.session.all().length > 0;

/** Shows the right one from now on. */
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
  }

  function hideConnect(): void {
    if (!connect) return;
    connect.dispose();
    connect = undefined;
    // What was said belongs to the view that goes.
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
      // Whoever leaves takes along what was typed.
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
  // With the next frame, so that a change and its undoing in one go are no change.
  runtime.session.onChange((change) => Updates.enqueue(() => follow(change)));
}
