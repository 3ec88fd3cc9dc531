import { refuse, type Result } from '../../protocol/errors.ts'

/**
 * Requests to another node. Each is settled once: by its answer, or as "not reached" when that node is silent or gone.
 * None is sent again.
 */
export interface OpenQuestions<T> {
  /** `send` gets the id that the answer will carry. */
  ask(send: (id: string) => void): Promise<Result<T>>
  answered(id: string, result: Result<T>): void
  /** Refuses all open requests, because no node will answer them. */
  refuseAll(): void
}

export function createOpenQuestions<T>(answerWithinMs: number): OpenQuestions<T> {
  const open = new Map<string, (result: Result<T>) => void>()
  return {
    ask: (send) =>
      new Promise((resolve) => {
        const id = crypto.randomUUID()
        const late = setTimeout(() => {
          open.get(id)?.(refuse('CENTER_NOT_REACHED'))
        }, answerWithinMs)
        open.set(id, (result) => {
          clearTimeout(late)
          open.delete(id)
          resolve(result)
        })
        send(id)
      }),
    answered: (id, result) => {
      open.get(id)?.(result)
    },
    refuseAll: () => {
      for (const settle of open.values()) settle(refuse('CENTER_NOT_REACHED'))
    },
  }
}
