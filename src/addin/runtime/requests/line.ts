/**
 * A line in which thousands may wait: so many are served at once, the others in the order in which they came.
 * @module
 */

/** Served ones are cleared away in parts: taking each from the front would move all that wait behind it. */
const part = 1000;

/**
 * @param most how many are served at once
 * @param serve over when the next one may come; it does not reject
 * @returns takes an item into the line. Serving begins behind the code that runs now: Excel's burst of calls is that.
 */
export function createLine<Item>(most: number, serve: (item: Item) => Promise<void>): (item: Item) => void {
  const items: Item[] = [];
  let next = 0;
  let open = 0;
  let isDue = false;

  function goOn(): void {
    isDue = false;
    while (open < most && next < items.length) {
      open += 1;
      void serve(items[next++]!).then(leave);
    }
    if (next < Math.min(part, items.length)) return;
    items.splice(0, next);
    next = 0;
  }

  function leave(): void {
    open -= 1;
    goOn();
  }

  return (item) => {
    items.push(item);
    if (isDue || open >= most) return;
    isDue = true;
    queueMicrotask(goOn);
  };
}
