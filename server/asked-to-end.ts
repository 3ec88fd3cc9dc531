/**
 * Calls `end` once, whoever asks first: a signal, a terminal that closed, or a launcher that is gone. Ctrl+C comes from
 * the terminal and from the launcher at the same time, so what is asked again while it ends is passed over.
 */
export function onAskedToEnd(end: () => void): void {
  let asked = false
  const ask = () => {
    if (asked) return
    asked = true
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // A launcher that was killed with -9 closes its channel and nothing else; it may be gone before we listen.
  process.once('disconnect', ask)
  if (process.send !== undefined && !process.connected) ask()
  // Where nobody reads what we say any more (a closed terminal, a pipe that ended), we still end in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
