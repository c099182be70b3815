/**
 * The section Connection: the connections, or the form for a new one.
 * @module
 */
import { runtime } from "../../addin.ts";
import { type HTMLView, Observable, Updates } from "@microsoft/fast-element";
import { announce } from "../common/announce.ts";
import { openConnect } from "../connect/open-connect.ts";
import { focusSoon } from "../common/focus.ts";
import { notices, say } from "../notices/notices.ts";
import type { ShowSection } from "../shell/section.ts";
import { texts } from "../texts/connection.ts";
import { texts as paneTexts } from "../texts/pane.ts";
import type { Following } from "../cells/selection.ts";
import { loadCode } from "../../runtime/load-code.ts";
import { headingId } from "./connected.ts";
import { firstFormulaSize } from "./first-formula.ts";
import { connectionTemplate } from "./connection-template.ts";
import { createConnections } from "./connections.ts";

export const showConnection: ShowSection = (place, { isExcel }) => {
  const connections = createConnections(isExcel, showConnect);
  let view: Pick<HTMLView, "dispose"> | undefined;
  let isForm = false;

  function showList(): void {
    view?.dispose();
    isForm = false;
    connections.follow();
    view = connectionTemplate.render(connections, place);
  }

  /** @param name of a connection to make again */
  function showConnect(name?: string): void {
    view?.dispose();
    isForm = true;
    const before = runtime.session.current();
    view = openConnect(place, {
      current: before ?? runtime.session.all().at(-1),
      again: name,
      onConnected({ connection }) {
        const held = runtime.session.all().find((heldConnection) => heldConnection.name === connection.name);
        // After sample data the workbook switches to the person's own data.
        if (before?.environment === "sample" && held && held.environment !== "sample")
          runtime.session.useForWorkbook(held);
        showList();
        if (runtime.session.current()?.name === connection.name)
          announce(paneTexts.connected(connection.label));
        else say(texts.connection.added(connection.label));
        focusSoon(headingId(connection.name));
      },
      onBack() {
        showList();
        const [first] = connections.all;
        if (first) focusSoon(headingId(first.connection.name));
      },
    });
  }

  /** Does what a notice has requested. */
  function act(): void {
    const { asked } = notices;
    const current = runtime.session.current();
    if (!asked || !current) return;
    notices.asked = undefined;
    if (asked === "ending") return showConnect(current.name);
    if (isForm) showList();
    connections.all.find(({ isOwn }) => isOwn)?.askForSecret();
  }

  showList();
  act();
  const { firstFormula } = connections;
  let following: Following | undefined;
  let isEnded = false;
  if (isExcel) {
    // Loaded after the first view. Without it the insertion reads the selection itself.
    loadCode(() => import(/* webpackChunkName: "behind-selection" */ "../cells/selection.ts")).then(
      ({ followSelection }) => {
        if (isEnded) return;
        following = followSelection(
          place,
          () => firstFormulaSize,
          (found) => (firstFormula.selection = found),
        );
        firstFormula.lookAtSelection = following.look;
      },
      () => undefined,
    );
  }
  const whenAsked = { handleChange: act };
  Observable.getNotifier(notices).subscribe(whenAsked, "asked");
  // A form that is being filled in stays.
  const stop = runtime.session.onChange(() => Updates.enqueue(() => !isForm && connections.follow()));
  return () => {
    stop();
    isEnded = true;
    following?.end();
    Observable.getNotifier(notices).unsubscribe(whenAsked, "asked");
    view?.dispose();
  };
};
