/**
 * Changing one connection for another in the whole workbook: what changes is listed first.
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
  /** What would change; undefined until it was looked for. */
  lines: readonly string[] | undefined;
  isBusy: boolean;
  /** What came of the last action. */
  outcome: string;
  /** Takes a name over, and forgets what was listed for another. */
  readonly set: (of: "from" | "to", name: string) => void;
  readonly list: () => Promise<void>;
  readonly change: () => Promise<void>;
}

/** The names of the connections that may be used. */
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
        // Tables, and formulas that name no connection, are not calculated by Excel itself.
        void runtime.refresh("workbook").catch(() => undefined);
      });
    },
  });
  return view;

  function say(text: string): void {
    view.outcome = text;
    if (text !== "") announce(text);
  }

  /** One thing at a time. */
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
