import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import type { MissedCall } from '../../../protocol/workstation.ts'
import { useOpenCustomer } from '../../app/open-customer.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { callerWords } from '../caller/caller-words.ts'
import { Icon } from '../icon/Icon.tsx'
import { Key, shortcut } from '../key/Key.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'

const Missed = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 4,
  minWidth: 0,
  height: 32,
  boxSizing: 'border-box',
  padding: '2px 4px 2px 8px',
  borderRadius: 4,
  border: `1px solid ${theme.vars.palette.warning.main}`,
  backgroundColor: theme.vars.palette.warning.light,
  color: theme.vars.palette.text.primary,
  '& > *': { flexShrink: 0 },
  '& > .who': {
    flexShrink: 1,
    minWidth: 48,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    display: 'block',
    textAlign: 'left',
  },
}))

/**
 * The latest call that rang here and that nobody answered, and the number of other missed calls; one key calls back.
 */
export function MissedCalls({
  compact,
}: {
  /** Whether there is room only for the name, because a call is beside it. */
  compact: boolean
}) {
  const words = useWords()
  const { say, formats } = words
  const act = useAct()
  const tell = useTell()
  const openCustomer = useOpenCustomer()
  const missed = useWatch('calls.missed', {}).value ?? []
  const [last, ...others] = missed
  const nameOf = (call: MissedCall): string => callerWords(call, words).name
  const dismiss = ({ call }: MissedCall): void => void act('missed.dismiss', { callId: call.callId })
  const callBack = async (one: MissedCall): Promise<void> => {
    const number =
      one.number?.e164 ?? one.number?.raw ?? (one.call.party.kind === 'internal' ? one.call.party.extension : null)
    if (!number) return tell(say('call/missedCall/cannotCallBack'), 'problem')
    const dialled = await act('call.dial', { number, customerId: one.customerId, taskId: null })
    if (!dialled.ok) return
    tell(say('call/missedCall/dialling', { name: nameOf(one) }), 'done')
    dismiss(one)
  }
  useKeys(last ? { callBack: () => void callBack(last) } : {})
  if (!last) return null
  const name = nameOf(last)
  const text = say('call/missedCall/missed', { name, time: formats.clock(last.call.offeredAt) })
  const open = (): void => {
    const { match, customerId } = last
    const known =
      match.kind === 'one' || match.kind === 'several'
        ? match.candidates.find((one) => one.customerId === customerId)
        : undefined
    if (known) openCustomer(known)
  }
  return (
    <Missed role="group" aria-label={say('call/missedCall/label')}>
      {last.customerId === null ? (
        <span className="who" title={text}>
          {text}
        </span>
      ) : (
        <Button
          className="who"
          color="inherit"
          title={text}
          aria-label={`${text}. ${say('call/missedCall/open', { name })}`}
          onClick={open}
        >
          {text}
        </Button>
      )}
      {others.length > 0 && <span>{say('call/missedCall/more', { count: others.length })}</span>}
      <Button
        aria-label={say('call/missedCall/callBackName', { name })}
        aria-keyshortcuts={shortcut('callBack')}
        onClick={() => void callBack(last)}
        endIcon={<Key of="callBack" />}
      >
        {!compact && say('call/missedCall/callBack')}
      </Button>
      <IconButton
        size="small"
        aria-label={say('call/missedCall/dismiss', { name })}
        onClick={() => dismiss(last)}
        sx={{ p: 0.5 }}
      >
        <Icon name="close" size={12} />
      </IconButton>
    </Missed>
  )
}
