/**
 * Loaded into a service before it starts: tells how much memory is in use when asked.
 */
process.on("message", () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
// Being asked must not keep the process alive.
process.channel?.unref();
