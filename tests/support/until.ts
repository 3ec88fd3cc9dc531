/** Answers what `found` gives once it gives something. Throws with `what` after ten seconds. */
export async function until<T>(found: () => T | undefined | null | false, what: string): Promise<T> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 5) {
    const value = found()
    if (value) return value
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  throw new Error(`never came: ${what}`)
}
