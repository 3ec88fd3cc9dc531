import type { Words } from '../../i18n/use-words.ts'

/** When something is due: "tomorrow 10:00", and "2 days overdue" once that has passed. */
export const dueWords = (dueAt: number, now: number, { say, formats }: Words): string =>
  dueAt < now ? say('record/overdueSince', { time: formats.span(dueAt, now) }) : formats.promised(dueAt, now)
