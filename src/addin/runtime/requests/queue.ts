/**
 * A first-in, first-out queue for thousands of items, of which a fixed number is served at the same time.
 * @module
 */

/** Served items are removed this many at a time: removing each from the front would move the whole array. */
const part = 1000;

/**
 * @param maxServed items served at the same time
 * @param serve resolves when the next item may be served; must not reject
 * @returns adds an item. Serving starts in a microtask, so that all calls that Excel makes in one go are queued first.
 */
export function createQueue<Item>(
  maxServed: number,
  serve: (item: Item) => Promise<void>,
): (item: Item) => void {
  const items: Item[] = [];
  let next = 0;
  let open = 0;
  let isDue = false;

  function drain(): void {
    isDue = false;
    const due = items.slice(next, next + maxServed - open);
    next += due.length;
    open += due.length;
    for (const item of due) void serve(item).then(leave);
    if (next < Math.min(part, items.length)) return;
    items.splice(0, next);
    next = 0;
  }

  function leave(): void {
    open -= 1;
    drain();
  }

  return (item) => {
    items.push(item);
    if (isDue || open >= maxServed) return;
    isDue = true;
    queueMicrotask(drain);
  };
}
