import { styled } from '@mui/material/styles'
import { callbackTime, readCallbackTime } from '../../../domain/callback-time.ts'
import type { DraftContent } from '../../../protocol/draft.ts'
import { Matter, NextStep, Outcome } from '../../../protocol/entities/interaction.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { DraftField } from '../form/LimitedField.tsx'
import { useNow } from '../time/use-now.ts'
import { Choice } from './Choice.tsx'

const Pairs = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
  gap: '14px 8px',
  paddingTop: 4,
})

/** What the contact was about, how it ended, what follows and when. A time that is filled in makes it a callback. */
export function FollowUp({
  draftKey,
  content,
  change,
}: {
  draftKey: string
  content: DraftContent
  change: (patch: Partial<DraftContent>) => void
}) {
  const { say, formats } = useWords()
  const now = useNow(10_000)
  const lineId = `${draftKey}-callback`
  const setCallback = (text: string): void => {
    const at = callbackTime(text, Date.now(), formats.timeZone)
    change({
      callbackText: text,
      callbackAt: at,
      ...(at !== null && (content.nextStep === null || content.nextStep === 'none')
        ? { nextStep: 'callback' as const }
        : {}),
    })
  }
  const callbackWords =
    content.callbackText.trim() === ''
      ? ' '
      : content.callbackAt === null
        ? say(
            readCallbackTime(content.callbackText, now, formats.timeZone).kind === 'past'
              ? 'call/callbackPast'
              : 'call/callbackUnclear',
          )
        : content.callbackAt <= now
          ? say('call/callbackPast')
          : say('call/callbackMeans', { time: formats.exact(content.callbackAt) })
  const callbackWrong = content.callbackText.trim() !== '' && (content.callbackAt === null || content.callbackAt <= now)

  return (
    <>
      <Pairs>
        <Choice
          label={say('call/matter')}
          value={content.matter}
          options={Matter.options}
          word={(option) => say(`call/matters/${option}`)}
          none={say('call/notChosen')}
          onChange={(matter) => change({ matter })}
        />
        <Choice
          label={say('call/outcome')}
          value={content.outcome}
          options={Outcome.options}
          word={(option) => say(`call/outcomes/${option}`)}
          none={say('call/notChosen')}
          onChange={(outcome) => change({ outcome })}
        />
        <Choice
          label={say('call/nextStep')}
          value={content.nextStep}
          options={NextStep.options}
          word={(option) => say(`call/nextSteps/${option}`)}
          none={say('call/notChosen')}
          onChange={(nextStep) => change({ nextStep })}
        />
        <DraftField
          draftKey={draftKey}
          name="callback"
          label={say('call/callback')}
          value={content.callbackText}
          error={callbackWrong}
          placeholder={say('call/callbackPlaceholder')}
          onText={setCallback}
          limit={SHORT_TEXT}
          input={{ 'aria-describedby': lineId }}
        />
      </Pairs>
      <SmallLine id={lineId} wrong={callbackWrong}>
        {callbackWords}
      </SmallLine>
    </>
  )
}

const SmallLine = styled('p', { shouldForwardProp: (prop) => prop !== 'wrong' })<{ wrong: boolean }>(
  ({ theme, wrong }) => ({
    margin: '-4px 0 0',
    minHeight: 16,
    fontSize: 12,
    lineHeight: '16px',
    color: wrong ? theme.vars.palette.error.main : theme.vars.palette.text.secondary,
  }),
)
