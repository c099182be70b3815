/**
 * Replaces one connection by another in the whole workbook, after listing what will change.
 * @module
 */
import { isSameConnection } from "../../../../kalibrate/connection-name.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import { runtime } from "../../../addin.ts";
import { changeConnection } from "../../../runtime/workbook/change-connection.ts";
import { announce } from "../../common/announce.ts";
import { reasonOf } from "../../common/reason-of.ts";
import { changeTexts as texts, linesOf } from "../../texts/change-connection.ts";

export interface ChangeView {
  from: string;
  to: string;
  /** The changes; undefined until they have been looked up. */
  lines: readonly string[] | undefined;
  isBusy: boolean;
  /** Result of the last action. */
  outcome: string;
  /** Sets a name and clears the list, which was made for another name. */
  readonly set: (of: "from" | "to", name: string) => void;
  readonly list: () => Promise<void>;
  readonly change: () => Promise<void>;
}

/** The names of the available connections. */
export const namesHeld = () => runtime.session.all().map(({ name }) => name);

export function createChange(): ChangeView {
  const view: ChangeView = reactive<ChangeView>({
    from: runtime.settings.connection() ?? "",
    to: "",
    lines: undefined,
    isBusy: false,
    outcome: "",

    set(of, name) {
      view[of] = name;
      view.lines = undefined;
      view.outcome = "";
    },

    async list() {
      const problem = problemOf(view);
      if (problem !== undefined) return say(problem);
      await work(async () => {
        const { from, to } = view;
        const lines = linesOf(await changeConnection(from.trim(), to, false), isOwn(from));
        view.lines = lines.length > 0 ? lines : undefined;
        say(lines.length > 0 ? "" : texts.nothing(from.trim()));
      });
    },

    async change() {
      await work(async () => {
        const { from, to } = view;
        await changeConnection(from.trim(), to, true);
        const connection = runtime.session.find(to);
        if (isOwn(from) && connection) runtime.session.useForWorkbook(connection);
        view.lines = undefined;
        say(texts.changed(from.trim(), to));
        // Excel does not recalculate tables, or formulas without a connection, by itself.
        void runtime.refresh("workbook").catch(() => undefined);
      });
    },
  });
  return view;

  function say(text: string): void {
    view.outcome = text;
    if (text !== "") announce(text);
  }

  /** One action at a time. */
  async function work(task: () => Promise<void>): Promise<void> {
    if (view.isBusy) return;
    view.isBusy = true;
    say(texts.looking);
    try {
      await task();
    } catch (error) {
      say(texts.refused(reasonOf(error)));
    } finally {
      view.isBusy = false;
    }
  }
}

function isOwn(name: string): boolean {
  const own = runtime.settings.connection();
  return own !== undefined && isSameConnection(own, name.trim());
}

function problemOf({ from, to }: ChangeView): string | undefined {
  if (from.trim() === "" || to === "") return texts.noName;
  return isSameConnection(from.trim(), to) ? texts.same : undefined;
}
