import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { useKeys } from '../../app/use-keys.ts'
import { useBridge } from '../../bridge/bridge-context.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { FootLineContext, NoticeContext, type Tell, type Undo } from './notice-context.ts'

const Frame = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'minmax(0, 1fr) 28px',
  height: '100%',
  minHeight: 0,
})
const Foot = styled('footer')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '0 12px',
  fontSize: 12,
  backgroundColor: theme.vars.palette.background.paper,
  borderTop: `1px solid ${theme.vars.palette.divider}`,
  color: theme.vars.palette.text.secondary,
  '& .problem': { color: theme.vars.palette.error.main, fontWeight: 600 },
  '& .done': { color: theme.vars.palette.success.main },
  '& > .notice': { flex: '1 1 0', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& > .hint': { flexShrink: 0 },
  // Messages about the whole window have their line here, so that the page never moves for them; the hints give way.
  '& > .standing': { display: 'flex', gap: 8, minWidth: 0, height: '100%', flexShrink: 1 },
  '& > .standing:not(:empty)': { flex: '4 1 0', marginLeft: -12 },
  '& > .standing:not(:empty) ~ .hint': { display: 'none' },
}))

/** A notice disappears after a while; a problem stays long enough to be read twice. */
const STAYS_MS = { done: 4000, problem: 10_000 }
/**
 * An action that can be undone stays here long enough to notice a slip; after that it can be undone in its own place.
 */
const UNDO_STAYS_MS = 15_000

/**
 * The line at the foot of the window: on the left what was just done or refused, on the right the two most important
 * keys.
 */
export function NoticeFoot({ children }: { children: ReactNode }) {
  const { say, refusal } = useWords()
  const bridge = useBridge()
  const [notice, setNotice] = useState<{ text: string; kind: 'done' | 'problem'; undo: Undo | undefined } | null>(null)
  const [line, setLine] = useState<HTMLElement | null>(null)
  const tell = useCallback<Tell>((text, kind, undo) => setNotice({ text, kind, undo }), [])
  useEffect(() => bridge.on('notice', (payload) => tell(refusal(payload.refusal), 'problem')), [bridge, tell, refusal])
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(null), notice.undo ? UNDO_STAYS_MS : STAYS_MS[notice.kind])
    return () => clearTimeout(timer)
  }, [notice])
  const undo = notice?.undo
  const takeBack = (): void => {
    setNotice(null)
    undo?.run()
  }
  useKeys(undo ? { undo: takeBack } : {})
  return (
    <NoticeContext value={tell}>
      <Frame>
        <FootLineContext value={line}>{children}</FootLineContext>
        <Foot>
          <div ref={setLine} className="standing" role="status" />
          <span
            className={`notice ${notice?.kind ?? ''}`}
            role={notice?.kind === 'problem' ? 'alert' : 'status'}
            title={notice?.text}
          >
            {notice?.text}
          </span>
          {undo && (
            <Button sx={{ py: 0 }} onClick={takeBack} aria-keyshortcuts={shortcut('undo')} endIcon={<Key of="undo" />}>
              {undo.label}
            </Button>
          )}
          <span className="hint">
            <Key of="palette" /> {say('shell/key/palette')}
          </span>
          <span className="hint">
            <Key of="help" /> {say('shell/help')}
          </span>
        </Foot>
      </Frame>
    </NoticeContext>
  )
}
