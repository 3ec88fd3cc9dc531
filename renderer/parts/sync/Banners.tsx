import LinearProgress from '@mui/material/LinearProgress'
import { styled } from '@mui/material/styles'
import { useState, type ReactNode } from 'react'
import { useConnection } from '../../bridge/bridge-context.ts'
import type { Session, SyncState } from '../../../protocol/workstation.ts'
import { useNow } from '../time/use-now.ts'
import { useWords } from '../../i18n/use-words.ts'

const Banner = styled('div', { shouldForwardProp: (prop) => prop !== 'meaning' })<{ meaning: 'error' | 'warning' }>(({ theme, meaning }) => ({
  padding: '4px 12px', color: theme.vars.palette[meaning].main, backgroundColor: theme.vars.palette[meaning].light, fontWeight: 600,
}))

/** Time left of a download from how fast it went so far, in ms; null until that can be said. */
export function timeLeft(doneBytes: number, totalBytes: number, startedAt: number, startBytes: number, now: number): number | null {
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
      {say('shell/setup/title')} · {say('shell/setup/progress', { done: formats.bytes(setup.doneBytes), total: formats.bytes(setup.totalBytes) })}
      {!waitsFor && left !== null && ` · ${say('shell/setup/left', { time: formats.duration(left) })}`} · {waitsFor ? refusal(waitsFor) : say('shell/setup/meanwhile')}
      <LinearProgress variant="determinate" aria-label={say('shell/setup/title')} value={setup.totalBytes === 0 ? 0 : (100 * setup.doneBytes) / setup.totalBytes} />
    </Banner>
  )
}

/** What holds for the whole window: the core is gone, the first load, an expired sign-in, an alarm of this machine. */
export function Banners({ sync, session, signIn }: { sync: SyncState | undefined; session: Session; signIn: ReactNode }) {
  const { say, refusal } = useWords()
  const connection = useConnection()
  return (
    <div role="status">
      {(connection === 'gone' || connection === 'notAdmitted') && <Banner meaning="error">{say(`shell/core/${connection}`)}</Banner>}
      {sync?.alarm && sync.alarm.code !== sync.setup?.waitsFor?.code && <Banner meaning="error">{refusal(sync.alarm)}</Banner>}
      {session.expired && <Banner meaning="warning">{say('shell/sync/expired')} {signIn}</Banner>}
      {sync?.setup && <SetupProgress setup={sync.setup} />}
    </div>
  )
}
