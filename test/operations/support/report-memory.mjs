/** Loaded into a service before it starts: reports the memory in use on request. */
process.on("message", () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
// The channel must not keep the process alive.
process.channel?.unref();
