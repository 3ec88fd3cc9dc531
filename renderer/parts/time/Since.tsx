import { useWords } from '../../i18n/use-words.ts'
import { useNow } from './use-now.ts'

/** A clock that runs from an instant: m:ss. */
export function Since({ at }: { at: number }) {
  const { formats } = useWords()
  const now = useNow(1000)
  return <span>{formats.duration(now - at)}</span>
}

/** A clock that runs down to an instant: m:ss, then 0:00. */
export function Left({ until }: { until: number }) {
  const { say, formats } = useWords()
  const now = useNow(1000)
  return <span>{say('shell/timeLeft', { time: formats.duration(Math.max(0, until - now)) })}</span>
}
