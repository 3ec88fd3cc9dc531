import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { useKeys } from '../../app/use-keys.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useAct } from '../notice/use-act.ts'
import { reasonWords } from './caller-words.ts'
import { Chooser } from './Chooser.tsx'

const Bar = styled('section')(({ theme }) => ({
  padding: '2px 12px',
  fontSize: 12,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  flexWrap: 'wrap',
  backgroundColor: theme.vars.palette.background.paper,
  borderBottom: `1px solid ${theme.vars.palette.divider}`,
  color: theme.vars.palette.text.secondary,
}))

/**
 * Says why this customer was opened, where the match was not exact. One key shows the other candidates, and another
 * says "not them".
 */
export function WhyThisCustomer({ desk, now }: { desk: DeskCall; now: number }) {
  const words = useWords()
  const { say } = words
  const act = useAct()
  const [open, setOpen] = useState(false)
  const { match, customerId } = desk
  const { callId } = desk.call
  const candidates = match.kind === 'one' || match.kind === 'several' ? match.candidates : []
  const present = candidates.find((c) => c.customerId === customerId)
  const others = candidates.filter((c) => c.customerId !== customerId)
  const exact =
    match.kind === 'one' &&
    others.length === 0 &&
    (present?.reasons.some((r) => r.code === 'exactNumber' || r.code === 'collectedKey') ?? false)
  const reject = (): void => {
    if (customerId !== null) void act('desk.reject', { callId, customerId })
  }
  useKeys(
    customerId === null
      ? {}
      : { notThem: reject, ...(others.length > 0 ? { otherCandidates: () => setOpen(!open) } : {}) },
  )
  if (customerId === null || exact) return null
  return (
    <>
      <Bar aria-label={say('call/why/label')}>
        <span>
          {say('call/why/because', {
            reasons:
              present?.reasons.map((reason) => reasonWords(reason, now, words)).join(' · ') || say('call/why/byHand'),
          })}
        </span>
        {others.length > 0 && (
          <Button
            aria-expanded={open}
            aria-keyshortcuts={shortcut('otherCandidates')}
            onClick={() => setOpen(!open)}
            endIcon={<Key of="otherCandidates" />}
            sx={{ py: 0, fontSize: 12 }}
          >
            {open ? say('call/why/hide') : say('call/why/others', { count: others.length })}
          </Button>
        )}
        <Button
          aria-keyshortcuts={shortcut('notThem')}
          onClick={reject}
          endIcon={<Key of="notThem" />}
          sx={{ py: 0, fontSize: 12 }}
        >
          {say('call/why/notThem')}
        </Button>
      </Bar>
      {open && (
        <div style={{ padding: '0 12px' }}>
          <Chooser
            autoFocus
            candidates={others}
            now={now}
            label={say('call/chooser/title')}
            onPick={(picked) => {
              setOpen(false)
              void act('desk.pick', { callId, customerId: picked, once: false })
            }}
          />
        </div>
      )}
    </>
  )
}
