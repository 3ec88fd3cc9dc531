import { useWords } from '../../i18n/use-words.ts'
import { useNow } from './use-now.ts'

/** A clock that runs from an instant: m:ss. */
export function Since({ at }: { at: number }) {
  const { formats } = useWords()
  const now = useNow(1000)
  return <span>{formats.duration(now - at)}</span>
}
