/**
 * The clock of a page whose pane is hidden: a hidden web view lets timers run once a second, at whole seconds, and
 * no frame is drawn. Message channels and answers from the network are not slowed.
 * @module
 */

/** What of a page's window is slowed. */
export interface TimerWindow {
  setTimeout(callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number;
  clearTimeout(id?: number): void;
  setInterval(callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number;
  clearInterval(id?: number): void;
  requestAnimationFrame(callback: (time: number) => void): number;
  cancelAnimationFrame(id: number): void;
}

export interface HiddenTimers {
  /** Shown again, what is due runs at once. */
  readonly setHidden: (hidden: boolean) => void;
  /** The page's own setTimeout, as it was before: for calls that come from outside of the page. */
  readonly setTimeout: TimerWindow["setTimeout"];
}

/**
 * Puts slowable timers in the place of the page's own, before any script of the page takes them.
 * @param now milliseconds since whenever seconds are counted
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
  /** What has come due while the page is hidden, in that order; an interval only once. */
  const due = new Map<number, () => void>();
  const frames = new Map<number, (time: number) => void>();
  let lastFrame = 0;
  let tick: number | undefined;

  function runDue(): void {
    for (const [id, run] of due) {
      // A task each, so that one that fails stops no other; and one may clear another.
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
    // Numbers of their own: below zero, where the page's are above.
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

/** Has the page call itself hidden while its pane is, as a web view does. */
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
