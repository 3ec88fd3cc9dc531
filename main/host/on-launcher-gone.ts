/**
 * Calls `end` once when the program that started us with a channel is gone. A launcher that was killed with -9 only
 * closes its channel, and it may be gone before we listen.
 */
export function onLauncherGone(end: () => void): void {
  process.once('disconnect', end)
  if (process.send !== undefined && !process.connected) end()
}
