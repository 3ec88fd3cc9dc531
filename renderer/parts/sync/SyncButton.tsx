import Button from '@mui/material/Button'
import { useState } from 'react'
import { useKeys } from '../../app/use-keys.ts'
import type { SyncState } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { syncWords } from './sync-words.ts'
import { UnsentDialog } from './UnsentDialog.tsx'

/** The sync state in words; it opens the list of unsent work. */
export function SyncButton({ sync, short }: { sync: SyncState; short: boolean }) {
  const words = useWords()
  const [open, setOpen] = useState(false)
  useKeys({ unsent: () => setOpen(true) })
  const wrong = sync.link !== 'online' || sync.needsAttention > 0 || sync.alarm !== null
  const text = syncWords(sync, words)
  const settled = sync.setup === null && sync.behind === 0 && sync.unsent === 0
  return (
    <>
      <Button
        color={
          sync.alarm || sync.link === 'refused' || sync.needsAttention > 0 ? 'error' : wrong ? 'warning' : 'inherit'
        }
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts={shortcut('unsent')}
        endIcon={<Key of="unsent" />}
        title={text}
        aria-label={text}
        sx={{ maxWidth: 460, minWidth: 90 }}
      >
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {wrong ? '! ' : settled ? '✓ ' : ''}
          {short ? syncWords(sync, words, true) : text}
        </span>
      </Button>
      {open && <UnsentDialog sync={sync} onClose={() => setOpen(false)} />}
    </>
  )
}
