import { useWords } from '../../i18n/use-words.ts'

/** An instant in relative words, exact on hover. */
export function When({ at, now }: { at: number; now: number }) {
  const { formats } = useWords()
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.exact(at)}>
      {formats.relative(at, now)}
    </time>
  )
}
