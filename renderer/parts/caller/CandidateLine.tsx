import { styled } from '@mui/material/styles'
import type { Candidate } from '../../../protocol/match.ts'
import { useWords } from '../../i18n/use-words.ts'
import { bothNames } from '../record/customer-name.ts'
import { isolated } from '../../i18n/isolated.ts'
import { townName } from '../record/town-name.ts'

const Line = styled('span')(({ theme }) => ({ '& .quiet': { color: theme.vars.palette.text.secondary } }))

/** A customer in one line: name, organisation, city, tier, account number. */
export function CandidateLine({ candidate }: { candidate: Omit<Candidate, 'reasons'> }) {
  const { say, language } = useWords()
  const { organisationName, organisationNativeName = null, tier, number } = candidate
  const organisation = language === 'zh' ? (organisationNativeName ?? organisationName) : organisationName
  const town = townName(candidate, language)
  const rest = [
    organisation && isolated(organisation),
    town && isolated(town),
    say(`record/tier/${tier}`),
    number,
  ].filter(Boolean)
  return (
    <Line>
      <strong>{bothNames(candidate, language)}</strong>
      <span className="quiet"> · {rest.join(' · ')}</span>
    </Line>
  )
}
