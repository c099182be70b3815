/**
 * Runs work that must not run twice at the same time.
 * @param work its errors are ignored: nobody asked for this run
 * @returns starts it; a request during a run causes one more run
 */
export function oneAtATime(work: () => Promise<unknown>): () => void {
  let isRunning = false;
  let isAskedFor = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (isAskedFor) {
      isAskedFor = false;
      await work().catch(() => undefined);
    }
    isRunning = false;
  }

  return () => {
    isAskedFor = true;
    if (!isRunning) void run();
  };
}
