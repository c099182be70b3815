/**
 * Runs functions of the add-in for ribbon buttons and keyboard shortcuts.
 * @module
 */
import type { HostBehaviours } from "./behaviours.ts";
import type { RichApiMessage } from "./invocations.ts";

/** The event of a click on a ribbon button; office.js listens from its start. */
export const ribbonCommandEvent = 39;

const actionCategory = 2;
const runMessage = 1000;
const success = 0;

export interface Commands {
  /** @see ExcelHost.runCommand */
  readonly run: (functionName: string, controlId: string) => Promise<void>;
  /** @see ExcelHost.runAction */
  readonly runAction: (actionId: string) => void;
  /** Called when office.js listens for button clicks. */
  readonly listening: () => void;
  /** Called when office.js listens for actions. */
  readonly actionsReady: () => void;
  /** Called when a button's function has finished or does not exist. @param status 0 is success */
  readonly completed: (commandId: string, status: number) => void;
  close(): void;
}

/**
 * @param raise calls the page's handlers of an event
 * @param send sends messages to the page
 */
export function createCommands(
  raise: (eventId: number, payload: readonly unknown[]) => void,
  send: (messages: readonly RichApiMessage[]) => void,
  behaviours: Pick<HostBehaviours, "firstClick">,
): Commands {
  const running = new Map<string, { readonly name: string; settle(error?: Error): void }>();
  // Clicks before the add-in has loaded are executed once it has, or lost.
  const buttons = createGate();
  const actions = createGate();
  const isLost = () => behaviours.firstClick === "lost" && !actions.isOpen();

  return {
    run: (name, controlId) =>
      new Promise((resolve, reject) => {
        if (isLost()) return resolve();
        const id = crypto.randomUUID();
        running.set(id, { name, settle: (error) => (error ? reject(error) : resolve()) });
        const event = JSON.stringify({ source: { id: controlId } });
        buttons.pass(() => raise(ribbonCommandEvent, [id, name, event]));
      }),
    runAction(actionId) {
      if (isLost()) return;
      actions.pass(() =>
        send([[actionCategory, runMessage, "", JSON.stringify([actionId, JSON.stringify({})])]]),
      );
    },
    listening: buttons.open,
    actionsReady: actions.open,
    completed(id, status) {
      const command = running.get(id);
      running.delete(id);
      command?.settle(
        status === success ? undefined : new Error(`The add-in has no function ${command.name} (${status}).`),
      );
    },
    close() {
      for (const { settle } of running.values()) settle(new Error("The add-in's page was closed."));
      running.clear();
    },
  };
}

/** A gate: tasks wait in order until it is opened. */
function createGate() {
  let waiting: (() => void)[] | undefined = [];
  return {
    isOpen: () => waiting === undefined,
    pass: (task: () => void) => void (waiting ? waiting.push(task) : task()),
    open: () => {
      const tasks = waiting ?? [];
      waiting = undefined;
      for (const task of tasks) task();
    },
  };
}
