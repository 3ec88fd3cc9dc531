/**
 * Calls `end` once when the process is asked to end: by a signal, by a terminal that closed, or by a launcher that is
 * gone. Ctrl+C reaches us from the terminal and from the launcher at the same time, so every request after the first is
 * ignored.
 */
export function onAskedToEnd(end: () => void): void {
  let asked = false
  const ask = () => {
    if (asked) return
    asked = true
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // A launcher that was killed with -9 only closes its channel, and that may happen before we listen.
  process.once('disconnect', ask)
  if (process.send !== undefined && !process.connected) ask()
  // A closed terminal or an ended pipe makes writing fail. Ignore that error, so that the process still ends in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
