/**
 * Prevents work from running twice at the same time.
 * @param work its errors are ignored: nobody waits for it
 * @returns starts the work; a call during a run causes one more run
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
