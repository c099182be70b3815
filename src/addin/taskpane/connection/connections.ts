/**
 * The connections of this computer, the workbook's own first, and the first steps.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { ViewTemplate } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import type { Analyst } from "../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { type ChangeOffer, createChangeOffer } from "./change/open-change.ts";
import { type Connected, createConnected, isSample } from "./connected.ts";
import { createExample } from "./example/example.ts";
import { createFirstFormula, type FirstFormula } from "./first-formula.ts";
import type { Insertion } from "./insertion.ts";

/** An analyst, and how they are shown. */
export interface Account {
  readonly analyst: Analyst;
  readonly template: ViewTemplate<Analyst>;
}

export interface Connections {
  /** The workbook's own is first. */
  all: readonly Connected[];
  /** The workbook's own connection, if it is missing on this computer. */
  missing: string | undefined;
  /** Who has signed in. */
  account: Account | undefined;
  readonly firstFormula: FirstFormula;
  /** The example sheet; offered in Excel with sample data. */
  example: Insertion | undefined;
  /** Changes a connection in the workbook; offered in Excel. */
  readonly change: ChangeOffer | undefined;
  readonly connectAnother: () => void;
  readonly connectMissing: () => void;
  /** Updates the list; text being entered stays. */
  readonly follow: () => void;
}

/** @param connect shows the form, for the named connection if a name is given */
export function createConnections(isExcel: boolean, connect: (name?: string) => void): Connections {
  const view: Connections = reactive<Connections>({
    all: [],
    missing: undefined,
    account: undefined,
    firstFormula: createFirstFormula(isExcel),
    example: undefined,
    change: isExcel ? createChangeOffer() : undefined,
    connectAnother: () => connect(),
    connectMissing: () => connect(view.missing),

    follow() {
      const current = runtime.session.current();
      view.missing = current ? undefined : runtime.settings.connection();
      void showAccount(runtime.session.all().find(({ analyst }) => analyst)?.analyst);
      // One ticket opens all connections of an analyst.
      const keyOf = ({ ticket, name }: HeldConnection) => `${ticket} ${name}`;
      const known = new Map(view.all.map((connected) => [keyOf(connected.connection), connected]));
      const all = runtime.session
        .all()
        .map((held) => known.get(keyOf(held)) ?? createConnected(held, isExcel));
      for (const connected of all) {
        connected.isOwn = connected.connection.name === current?.name;
        if (!connected.status && !connected.problem) void connected.load();
      }
      view.all = all.reverse().sort((left, right) => Number(right.isOwn) - Number(left.isOwn));
      const sample = all.find(isSample);
      if (isExcel && sample) view.example ??= createExample(sample.connection.name);
      else view.example = undefined;
    },
  });
  view.follow();
  return view;

  async function showAccount(analyst: Analyst | undefined): Promise<void> {
    view.account = undefined;
    if (!analyst) return;
    const { accountTemplate: template } = await import("../sign-in/account.ts");
    view.account = { analyst, template };
  }
}
