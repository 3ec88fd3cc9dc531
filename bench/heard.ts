import type { ChildProcess } from 'node:child_process'

/** Longer than any step takes: a message that has not come by then will never come. */
const WITHIN_MS = 10 * 60_000

/** The next message `said` of a child process. Rejects where the process ends first, or never sends it. */
export function heard<T extends { said: string }, S extends T['said']>(
  child: ChildProcess,
  said: S,
): Promise<Extract<T, { said: S }>> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      done()
      reject(new Error(`A helper of the benchmark never said "${said}".`))
    }, WITHIN_MS)
    const done = () => {
      clearTimeout(late)
      child.off('message', take)
      child.off('exit', gone)
    }
    const take = (message: T) => {
      if (message.said !== said) return
      done()
      resolve(message as Extract<T, { said: S }>)
    }
    const gone = (code: number | null) => {
      done()
      reject(new Error(`A helper of the benchmark ended (${code}) before it said "${said}".`))
    }
    child.on('message', take)
    child.once('exit', gone)
  })
}
