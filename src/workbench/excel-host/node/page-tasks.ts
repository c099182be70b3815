/**
 * The page's timers and message channels, through which its code runs later.
 *
 * An error in a task is reported instead of ending the process, and no task runs after the page is closed.
 * @module
 */

/** The page's source of time. */
export interface Clock {
  setTimeout(callback: () => void, delay: number): unknown;
  clearTimeout(handle: never): void;
  setInterval(callback: () => void, delay: number): unknown;
  clearInterval(handle: never): void;
  readonly Date: DateConstructor;
  /** Default: Node's. */
  readonly performance?: Pick<Performance, "now">;
}

/**
 * The clock of a page whose pane is hidden: a web view runs its timers at most once a second
 * (MicrosoftEdge/WebView2Feedback #3070). Message channels and network answers are not delayed.
 * @param isHidden called whenever a timer is set
 */
export function clockOfHiddenPane(clock: Clock, isHidden: () => boolean): Clock {
  const clamp = (delay: number) => (isHidden() ? Math.max(delay, 1000) : delay);
  return {
    ...clock,
    setTimeout: (callback, delay) => clock.setTimeout(callback, clamp(delay)),
    setInterval: (callback, delay) => clock.setInterval(callback, clamp(delay)),
  };
}

type Callback = (...args: unknown[]) => void;

export interface PageTasks {
  /** Globals for the page. */
  readonly globals: Readonly<Record<string, unknown>>;
  /** Runs code of the page now, unless the page is closed; its errors go to onError. */
  run(task: () => void): void;
  close(): void;
}

export function createPageTasks(clock: Clock, onError: (error: unknown) => void): PageTasks {
  const stops = new Map<number, () => void>();
  let lastId = 0;
  let closed = false;

  function run(task: () => void): void {
    if (closed) return;
    try {
      task();
    } catch (error) {
      onError(error);
    }
  }

  function timeout(callback: Callback, delay?: number, ...args: unknown[]): number {
    const id = ++lastId;
    const handle = clock.setTimeout(
      () => {
        stops.delete(id);
        run(() => callback(...args));
      },
      Number(delay) || 0,
    );
    stops.set(id, () => clock.clearTimeout(handle as never));
    return id;
  }

  function interval(callback: Callback, delay?: number, ...args: unknown[]): number {
    const id = ++lastId;
    const handle = clock.setInterval(() => run(() => callback(...args)), Number(delay) || 0);
    stops.set(id, () => clock.clearInterval(handle as never));
    return id;
  }

  function stop(id: number): void {
    stops.get(id)?.();
    stops.delete(id);
  }

  // Node's own ports would keep the process alive, and an error in a handler would end it.
  class Port {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    other!: Port;
    postMessage(message: unknown): void {
      const data = structuredClone(message);
      setImmediate(() => run(() => this.other.onmessage?.({ data })));
    }
    start(): void {}
    close(): void {
      this.onmessage = null;
    }
  }

  class MessageChannel {
    readonly port1 = new Port();
    readonly port2 = new Port();
    constructor() {
      this.port1.other = this.port2;
      this.port2.other = this.port1;
    }
  }

  return {
    globals: {
      setTimeout: timeout,
      clearTimeout: stop,
      setInterval: interval,
      clearInterval: stop,
      queueMicrotask: (task: () => void) => queueMicrotask(() => run(task)),
      MessageChannel,
      Date: clock.Date,
      ...(clock.performance && { performance: clock.performance }),
    },
    run,
    close() {
      closed = true;
      for (const id of [...stops.keys()]) stop(id);
    },
  };
}
