import type { Words } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'

type KnownQueue = keyof typeof words.en.call.queue

const isKnown = (queue: string): queue is KnownQueue => Object.hasOwn(words.en.call.queue, queue)

/** A queue's name in the language of the screen; a queue that only the telephone system names keeps that name. */
export const queueName = (queue: string, { say }: Pick<Words, 'say'>): string =>
  isKnown(queue) ? say(`call/queue/${queue}`) : queue
