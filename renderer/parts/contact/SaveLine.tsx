import { styled } from '@mui/material/styles'
import type { SaveState } from '../../app/draft-store.ts'
import { useWords } from '../../i18n/use-words.ts'

const Line = styled('p')(({ theme }) => ({
  // Two lines are kept free, so that a failure moves no field.
  margin: 0,
  height: 32,
  overflow: 'hidden',
  fontSize: 12,
  lineHeight: '16px',
  color: theme.vars.palette.text.secondary,
  '&.failed': { color: theme.vars.palette.error.main, fontWeight: 600 },
}))

/** Says whether what is typed is on disk. */
export function SaveLine({ save }: { save: SaveState }) {
  const { say, formats, refusal } = useWords()
  const text = (): string => {
    switch (save.kind) {
      case 'untouched':
        return say('call/untouched')
      case 'typing':
        return say('call/typing')
      case 'saved':
        return save.tookMs > 0 ? say('call/saved') : say('call/savedAt', { time: formats.clock(save.at) })
      case 'failed':
        return `${say('call/notSaved')} ${save.error.code === 'CORE_GONE' ? say('call/keptHere') : refusal(save.error)}`
    }
  }
  // Only a failure is read out: a screen reader that spoke at every pause would drown out the caller.
  return (
    <Line
      className={save.kind}
      role={save.kind === 'failed' ? 'alert' : undefined}
      data-save={save.kind}
      title={save.kind === 'failed' ? text() : undefined}
    >
      {text()}
    </Line>
  )
}
