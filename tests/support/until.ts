/** Answers what `found` gives once it gives something. Throws with `what` after ten seconds, or `withinMs`. */
export async function until<T>(found: () => T | undefined | null | false, what: string, withinMs = 10_000): Promise<T> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 5) {
    const value = found()
    if (value) return value
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  throw new Error(`never came: ${what}`)
}
