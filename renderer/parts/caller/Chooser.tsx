import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { Candidate } from '../../../protocol/match.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Cap } from '../key/Key.tsx'
import { State } from '../list-table/State.tsx'
import { CandidateLine } from './CandidateLine.tsx'
import { reasonWords } from './caller-words.ts'
import { WHO_STOP } from './next-stop.ts'
import { useDigitChoice } from './use-digit-choice.ts'

const Cards = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: '8px 0',
  padding: 0,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 4,
  '& button': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: 12,
    textAlign: 'left',
    justifyContent: 'start',
    width: '100%',
    padding: '6px 12px',
    backgroundColor: theme.vars.palette.background.paper,
    color: theme.vars.palette.text.primary,
  },
  '& .reasons': { gridColumn: 2, display: 'flex', gap: 4, flexWrap: 'wrap' },
}))

/** At most nine, so that a digit picks one. */
const MOST = 9

/** Asks which candidate the caller is: they are ranked, each with its reason, and a digit picks one. */
export function Chooser({
  candidates,
  now,
  onPick,
  label,
  none,
  autoFocus = false,
}: {
  candidates: readonly Candidate[]
  now: number
  onPick: (customerId: CustomerId) => void
  label: string
  /** The choice that the caller is none of them, where that is possible; 0 picks it. */
  none?: { readonly label: string; readonly choose: () => void }
  /** The agent opened it with a key: the digits work at once. */
  autoFocus?: boolean
}) {
  const words = useWords()
  const shown = candidates.slice(0, MOST)
  useDigitChoice(
    shown.length,
    (index) => {
      const candidate = shown[index]
      if (candidate) onPick(candidate.customerId)
    },
    none?.choose,
  )
  return (
    <Cards aria-label={label}>
      {shown.map((candidate, n) => (
        <li key={candidate.customerId}>
          <Button
            variant="outlined"
            autoFocus={autoFocus && n === 0}
            {...(n === 0 ? { [WHO_STOP]: '' } : {})}
            aria-keyshortcuts={String(n + 1)}
            onClick={() => onPick(candidate.customerId)}
          >
            <Cap>{n + 1}</Cap>
            <CandidateLine candidate={candidate} />
            <span className="reasons">
              {candidate.reasons.map((reason) => (
                <State key={reason.code} meaning="plain">
                  {reasonWords(reason, now, words)}
                </State>
              ))}
            </span>
          </Button>
        </li>
      ))}
      {none && (
        <li>
          <Button variant="outlined" aria-keyshortcuts="0" onClick={none.choose}>
            <Cap>0</Cap>
            <span>{none.label}</span>
          </Button>
        </li>
      )}
    </Cards>
  )
}
