/**
 * Ribbon buttons and keyboard shortcuts that run a function of the add-in.
 * @module
 */
import type { HostBehaviours } from "./behaviours.ts";
import type { RichApiMessage } from "./invocations.ts";

/** A click on a ribbon button: office.js listens from its start. */
export const ribbonCommandEvent = 39;

const actionCategory = 2;
const runMessage = 1000;
const success = 0;

export interface Commands {
  /** @see ExcelHost.runCommand */
  readonly run: (functionName: string, controlId: string) => Promise<void>;
  /** @see ExcelHost.runAction */
  readonly runAction: (actionId: string) => void;
  /** office.js listens to clicks on buttons. */
  readonly listening: () => void;
  /** office.js listens to actions. */
  readonly actionsReady: () => void;
  /** A button's function has finished, or there is none. @param status 0 is success */
  readonly completed: (commandId: string, status: number) => void;
  close(): void;
}

/**
 * @param raise calls the page's handlers of an event
 * @param send takes messages for the page
 */
export function createCommands(
  raise: (eventId: number, payload: readonly unknown[]) => void,
  send: (messages: readonly RichApiMessage[]) => void,
  behaviours: Pick<HostBehaviours, "firstClick">,
): Commands {
  const running = new Map<string, { readonly name: string; settle(error?: Error): void }>();
  // What is clicked before the add-in has loaded is carried out when it has, or lost.
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

/** Tasks wait in front of it, in their order, until it is opened. */
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
