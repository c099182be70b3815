/**
 * Simulates the timers of a hidden pane: a hidden web view runs timers only once a second, at whole seconds, and draws
 * no frames. Message channels and network answers are not slowed.
 * @module
 */

/** The members of a page's window that are slowed. */
export interface TimerWindow {
  setTimeout(callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number;
  clearTimeout(id?: number): void;
  setInterval(callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number;
  clearInterval(id?: number): void;
  requestAnimationFrame(callback: (time: number) => void): number;
  cancelAnimationFrame(id: number): void;
}

export interface HiddenTimers {
  /** When the page is shown again, all due timers run at once. */
  readonly setHidden: (hidden: boolean) => void;
  /** The page's original setTimeout, for calls from outside the page. */
  readonly setTimeout: TimerWindow["setTimeout"];
}

/**
 * Replaces the page's timers with slowable ones, before any script of the page uses them.
 * @param now milliseconds since any fixed time
 */
export function installHiddenTimers(page: TimerWindow, now: () => number = Date.now): HiddenTimers {
  const native = {
    setTimeout: page.setTimeout.bind(page),
    clearTimeout: page.clearTimeout.bind(page),
    setInterval: page.setInterval.bind(page),
    clearInterval: page.clearInterval.bind(page),
    requestAnimationFrame: page.requestAnimationFrame.bind(page),
    cancelAnimationFrame: page.cancelAnimationFrame.bind(page),
  };
  let hidden = false;
  /** Timers that have come due while the page is hidden, in order; an interval only once. */
  const due = new Map<number, () => void>();
  const frames = new Map<number, (time: number) => void>();
  let lastFrame = 0;
  let tick: number | undefined;

  function runDue(): void {
    for (const [id, run] of due) {
      // A separate task for each, so that an error does not stop the others and one can clear another.
      native.setTimeout(() => {
        if (due.delete(id)) run();
      }, 0);
    }
  }

  function atNextSecond(): void {
    tick ??= native.setTimeout(
      () => {
        tick = undefined;
        runDue();
      },
      1000 - (now() % 1000),
    );
  }

  function slowable(start: TimerWindow["setTimeout"]): TimerWindow["setTimeout"] {
    return (callback, delay, ...args) => {
      const id = start(() => {
        if (!hidden) return callback(...args);
        due.set(id, () => callback(...args));
        atNextSecond();
      }, delay);
      return id;
    };
  }

  page.setTimeout = slowable(native.setTimeout);
  page.setInterval = slowable(native.setInterval);
  page.clearTimeout = page.clearInterval = (id) => {
    native.clearTimeout(id);
    if (id !== undefined) due.delete(id);
  };
  page.requestAnimationFrame = (callback) => {
    if (!hidden) return native.requestAnimationFrame(callback);
    // Negative ids, because the browser's are positive.
    const id = --lastFrame;
    frames.set(id, callback);
    return id;
  };
  page.cancelAnimationFrame = (id) => {
    native.cancelAnimationFrame(id);
    frames.delete(id);
  };

  return {
    setHidden(next) {
      hidden = next;
      if (hidden) return;
      runDue();
      for (const callback of frames.values()) native.requestAnimationFrame(callback);
      frames.clear();
    },
    setTimeout: native.setTimeout,
  };
}

/** Reports the page as hidden while its pane is, as a web view does. */
export function installVisibility(document: Document): (hidden: boolean) => void {
  let hidden = false;
  const own = Object.getOwnPropertyDescriptor(Document.prototype, "visibilityState")?.get;
  const isHidden = () => hidden || own?.call(document) === "hidden";
  Object.defineProperty(document, "visibilityState", { get: () => (isHidden() ? "hidden" : "visible") });
  Object.defineProperty(document, "hidden", { get: isHidden });
  return (next) => {
    const before = isHidden();
    hidden = next;
    if (isHidden() !== before) document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };
}
