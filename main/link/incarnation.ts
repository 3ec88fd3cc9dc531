import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Log } from '../log.ts'

/** The name under which the server counts this journal's commands. */
export interface Incarnation {
  current(): string
  /**
   * Numbers the commands from the start again under a new name: the server knows a journal of this name that is not
   * ours, or it has lost what earlier ones sent.
   */
  renew(send: 'unsent' | 'everything'): Promise<Touched>
}

export async function createIncarnation(options: {
  remembered: string | undefined
  writer: Pick<Remote<WriterCalls>, 'remember' | 'beginIncarnation'>
  newId: () => string
  log: Log
}): Promise<Incarnation> {
  const { writer, newId, log } = options
  let current = options.remembered ?? newId()
  await writer.remember({ incarnation: current })
  return {
    current: () => current,
    renew: async (send) => {
      log.info('numbering begins anew', { send })
      const next = newId()
      const { touched } = await writer.beginIncarnation(next, send)
      current = next
      return touched
    },
  }
}
