import { styled } from '@mui/material/styles'
import { useWords } from '../../i18n/use-words.ts'
import { State, type Meaning } from '../list-table/State.tsx'
import { bothNames } from '../record/customer-name.ts'
import { Since } from '../time/Since.tsx'
import { useNow } from '../time/use-now.ts'
import { queueName } from './queue-name.ts'
import { nearnessOf, type Colleague, type Nearness, type ToldState } from './who-is-free.ts'

export const Line = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 96px 56px 240px',
  columnGap: 8,
  alignItems: 'baseline',
  '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& .number': { textAlign: 'right' },
}))

const meaningOf: { readonly [N in Nearness]: Meaning } = {
  free: 'success',
  afterCall: 'warning',
  onCall: 'warning',
  away: 'warning',
  notKnown: 'plain',
  signedOut: 'plain',
}

/** A colleague, their team and extension, their state and since when. */
export function ColleagueLine({ colleague, state }: { colleague: Colleague; state: ToldState }) {
  const words = useWords()
  const { say, language, formats } = words
  const now = useNow(60_000)
  const signedOut = state?.state === 'LOGGED_OUT'
  return (
    <Line>
      <span>{bothNames(colleague, language)}</span>
      <span className="quiet">{queueName(colleague.team, words)}</span>
      <span className="quiet number">{colleague.extension}</span>
      <span>
        <State meaning={meaningOf[nearnessOf(state)]}>
          {state === undefined
            ? say('call/transferTo/notKnown')
            : say(`shell/agentState/${state?.state ?? 'LOGGED_OUT'}`)}
          {state?.reason ? ` · ${say(`shell/reason/${state.reason}`)}` : ''}
        </State>
        {state && (
          <span className="quiet"> {signedOut ? formats.relative(state.since, now) : <Since at={state.since} />}</span>
        )}
      </span>
    </Line>
  )
}
