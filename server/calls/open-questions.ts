import { refuse, type Result } from '../../protocol/errors.ts'

/** What was asked of another node. Each is settled once: by its answer, or as not reached when that node is silent or gone; none is asked again. */
export interface OpenQuestions<T> {
  /** `send` gets the id under which the answer comes. */
  ask(send: (id: string) => void): Promise<Result<T>>
  answered(id: string, result: Result<T>): void
  /** Nobody answers any more. */
  refuseAll(): void
}

export function createOpenQuestions<T>(answerWithinMs: number): OpenQuestions<T> {
  const open = new Map<string, (result: Result<T>) => void>()
  return {
    ask: (send) => new Promise((resolve) => {
      const id = crypto.randomUUID()
      const late = setTimeout(() => { open.get(id)?.(refuse('CENTER_NOT_REACHED')) }, answerWithinMs)
      open.set(id, (result) => {
        clearTimeout(late)
        open.delete(id)
        resolve(result)
      })
      send(id)
    }),
    answered: (id, result) => { open.get(id)?.(result) },
    refuseAll: () => { for (const settle of open.values()) settle(refuse('CENTER_NOT_REACHED')) },
  }
}
