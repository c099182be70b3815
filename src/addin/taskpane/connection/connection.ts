/**
 * The section of connections: the one in use, or the form for another.
 * @module
 */
import { type HTMLView, Updates } from "@microsoft/fast-element";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { currentConnection, onSessionChange } from "../../runtime/session/session.ts";
import { announce } from "../announce.ts";
import { createConnect } from "../connect/connect.ts";
import { connectTemplate } from "../connect/connect-template.ts";
import { focusSoon } from "../focus.ts";
import type { ShowSection } from "../sections.ts";
import { texts } from "../texts/pane.ts";
import { createConnected, headingId } from "./connected.ts";
import { connectedTemplate } from "./connection-template.ts";

export const showConnection: ShowSection = (place, { isExcel }) => {
  let view: HTMLView | undefined;
  /** Whose view is shown; undefined while the form is. */
  let shown: HeldConnection | undefined;

  function showConnected(connection: HeldConnection): void {
    view?.dispose();
    shown = connection;
    const model = createConnected({ connection, isExcel, onConnectAnother: showConnect });
    view = connectedTemplate.render(model, place);
    if (!model.status) void model.load();
  }

  function showConnect(): void {
    const current = shown;
    view?.dispose();
    shown = undefined;
    const model = createConnect({
      current,
      onConnected({ connection }) {
        follow();
        announce(texts.connected(connection.label));
        focusSoon(headingId);
      },
      onBack() {
        follow();
        focusSoon(headingId);
      },
    });
    view = connectTemplate.render(model, place);
    void model.loadAndFocus();
  }

  function follow(): void {
    const connection = currentConnection();
    if (connection && connection.ticket !== shown?.ticket) showConnected(connection);
  }

  follow();
  // The form stays while somebody fills it in.
  const stop = onSessionChange(() => Updates.enqueue(() => shown && follow()));
  return () => {
    stop();
    view?.dispose();
  };
};
