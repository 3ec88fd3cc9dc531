/**
 * Calls `found` until it returns something, and returns that. Throws an error with `what` after a minute, or after
 * `withinMs`.
 */
export async function until<T>(found: () => T | undefined | null | false, what: string, withinMs = 60_000): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const value = found()
    if (value) return value
    if (performance.now() > end) throw new Error(`never came: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}
