/** Runs costly work, a few pieces at a time. */
export interface Turns {
  run<T>(group: string, work: () => Promise<T>): Promise<T> | null
}

/**
 * Runs at most `atOnce` pieces of work at a time. Waiting groups are served in a circle, one piece each, so a group
 * with many waiting pieces delays each other group by one piece and no more.
 */
export function createTurns(limits: { readonly atOnce: number; readonly waitingInGroup: number }): Turns {
  const groups = new Map<string, (() => void)[]>()
  let running = 0

  function next(): void {
    const [first] = groups
    if (!first || running >= limits.atOnce) return
    const [group, waiting] = first
    groups.delete(group)
    const start = waiting.shift()
    if (waiting.length > 0) groups.set(group, waiting)
    running += 1
    start?.()
  }

  return {
    run: (group, work) => {
      const waiting = groups.get(group) ?? []
      if (waiting.length >= limits.waitingInGroup) return null
      const turn = new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
      groups.set(group, waiting)
      next()
      return turn.then(work).finally(() => {
        running -= 1
        next()
      })
    },
  }
}
