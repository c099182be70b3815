/**
 * Which view is shown: follows the session, but never takes away what somebody is entering.
 * @module
 */
import { type HTMLView, Updates, type ViewTemplate } from "@microsoft/fast-element";
import type { ConnectAnswer, Status } from "../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import { currentConnection, onSessionChange } from "../runtime/session/session.ts";
import { workbookConnection } from "../runtime/workbook/workbook-settings.ts";
import { announce } from "./announce.ts";
import { type Connect, createConnect, isTouched } from "./connect/connect.ts";
import { connectTemplate } from "./connect/connect-template.ts";
import { type Connected, createConnected, headingId as connectedHeadingId } from "./connected/connected.ts";
import { connectedTemplate } from "./connected/connected-template.ts";
import { focusSoon } from "./focus.ts";
import { texts } from "./texts/pane.ts";

/** Shows the right view inside an element, from now on. */
export function showViews(main: HTMLElement, isExcel: boolean): void {
  let connect: Connect | undefined;
  let connected: Connected | undefined;
  let view: HTMLView | undefined;

  const place = <Model>(template: ViewTemplate<Model>, model: Model) => {
    view?.dispose();
    // What was said belongs to the view that goes.
    announce("");
    view = template.render(model, main);
  };

  function showConnect(options: { notice?: string | undefined; current?: HeldConnection }): Connect {
    connected = undefined;
    connect = createConnect({ ...options, environment: workbookConnection(), onConnected, onBack });
    place(connectTemplate, connect);
    return connect;
  }

  function showConnected(connection: HeldConnection, status?: Status): void {
    connect = undefined;
    connected = createConnected({ connection, status, isExcel, onDisconnected, onConnectAnother });
    place(connectedTemplate, connected);
    if (!status) void connected.load();
  }

  /** The connection that there is, or the way to one. */
  function showCurrent(notice?: string): void {
    const connection = currentConnection();
    if (connection) return showConnected(connection);
    const needed = workbookConnection();
    void showConnect({ notice: notice ?? (needed && texts.notice.workbookNeeds(needed)) }).load();
  }

  function onConnected({ connection, status, ticket, expiresAt }: ConnectAnswer): void {
    showConnected({ ...connection, ticket, expiresAt }, status);
    announce(texts.connected.announcement(connection.label));
    focusSoon(connectedHeadingId);
  }

  function onDisconnected(isEverywhere: boolean): void {
    const notice = isEverywhere ? texts.notice.disconnected : texts.notice.disconnectedHereOnly;
    void showConnect({ notice }).load();
    announce(notice);
    focusSoon(main.id);
  }

  function onConnectAnother(): void {
    if (connected) void showConnect({ current: connected.connection }).loadAndFocus();
  }

  function onBack(): void {
    showCurrent();
    focusSoon(connectedHeadingId);
  }

  function follow(): void {
    const connection = currentConnection();
    if (connected && !connected.isDisconnecting && connection?.ticket !== connected.connection.ticket) {
      showCurrent(connection ? undefined : texts.notice.ended);
    }
    if (connect && !connection) connect.current = undefined;
    if (connect && connection && !connect.current && !isTouched(connect)) showCurrent();
  }

  showCurrent();
  // With the next frame, so that a change and its undoing in one go are no change.
  onSessionChange(() => Updates.enqueue(follow));
}
