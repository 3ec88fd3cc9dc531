import LinearProgress from '@mui/material/LinearProgress'
import { styled } from '@mui/material/styles'
import { use, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useConnection } from '../../bridge/bridge-context.ts'
import type { Session, SyncState } from '../../../protocol/workstation.ts'
import { FootLineContext } from '../notice/notice-context.ts'
import { useNow } from '../time/use-now.ts'
import { useWords } from '../../i18n/use-words.ts'

const Banner = styled('div', { shouldForwardProp: (prop) => prop !== 'meaning' })<{ meaning: 'error' | 'warning' }>(
  ({ theme, meaning }) => ({
    display: 'flex',
    flex: '1 1 0',
    alignItems: 'center',
    gap: 8,
    minWidth: 0,
    padding: '0 12px',
    color: theme.vars.palette[meaning].main,
    backgroundColor: theme.vars.palette[meaning].light,
    fontWeight: 600,
    '& > .text': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    '& > :not(.text)': { flexShrink: 0 },
  }),
)

/** One line; where it is cut, the full text is shown on focus. */
function Text({ children }: { children: string }) {
  return (
    <span className="text" title={children} tabIndex={0}>
      {children}
    </span>
  )
}

/** The time left of a download, in ms, computed from its speed so far; null until that is known. */
export function timeLeft(
  doneBytes: number,
  totalBytes: number,
  startedAt: number,
  startBytes: number,
  now: number,
): number | null {
  const rate = (doneBytes - startBytes) / (now - startedAt)
  return now - startedAt < 1000 || rate <= 0 ? null : (totalBytes - doneBytes) / rate
}

function SetupProgress({ setup }: { setup: NonNullable<SyncState['setup']> }) {
  const { say, formats, refusal } = useWords()
  const [start] = useState(() => ({ at: Date.now(), bytes: setup.doneBytes }))
  const now = useNow(1000)
  const left = timeLeft(setup.doneBytes, setup.totalBytes, start.at, start.bytes, now)
  const { waitsFor } = setup
  return (
    <Banner meaning={waitsFor ? 'error' : 'warning'}>
      <LinearProgress
        sx={{ width: 120 }}
        variant={setup.totalBytes === 0 ? 'indeterminate' : 'determinate'}
        aria-label={say('shell/setup/title')}
        value={setup.totalBytes === 0 ? 0 : (100 * setup.doneBytes) / setup.totalBytes}
      />
      <Text>
        {[
          say('shell/setup/title'),
          setup.totalBytes === 0
            ? say('shell/setup/preparing')
            : say('shell/setup/progress', {
                done: formats.bytes(setup.doneBytes),
                total: formats.bytes(setup.totalBytes),
              }),
          ...(waitsFor || left === null ? [] : [say('shell/setup/left', { time: formats.duration(left) })]),
          waitsFor ? refusal(waitsFor) : say('shell/setup/meanwhile'),
        ].join(' · ')}
      </Text>
    </Banner>
  )
}

/**
 * Messages about the whole window, in the line that the foot keeps for them: the core is gone, the first download, an
 * expired sign-in, an alarm of this workstation.
 */
export function Banners({
  sync,
  session,
  signIn,
}: {
  sync: SyncState | undefined
  session: Session
  signIn: ReactNode
}) {
  const { say, refusal } = useWords()
  const connection = useConnection()
  const line = use(FootLineContext)
  return (
    line &&
    createPortal(
      <>
        {(connection === 'gone' || connection === 'notAdmitted') && (
          <Banner meaning="error">
            <Text>{say(`shell/core/${connection}`)}</Text>
          </Banner>
        )}
        {sync?.alarm && sync.alarm.code !== sync.setup?.waitsFor?.code && (
          <Banner meaning="error">
            <Text>{refusal(sync.alarm)}</Text>
          </Banner>
        )}
        {session.expired && (
          <Banner meaning="warning">
            <Text>{say('shell/sync/expired')}</Text>
            {signIn}
          </Banner>
        )}
        {sync?.setup && <SetupProgress setup={sync.setup} />}
      </>,
      line,
    )
  )
}
