import Button from '@mui/material/Button'
import { useEffect, useRef } from 'react'
import { SEARCH_TEXT } from '../../app/new-customer.ts'
import { useLeft } from '../../app/stores.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../../parts/key/Key.tsx'
import { CustomerSearch } from '../../parts/search/CustomerSearch.tsx'

/** Finds a customer by any data that the agent knows of them. */
export function SearchScreen({ onOpen, onNew }: { onOpen: (hit: SearchHit) => void; onNew: () => void }) {
  const { say } = useWords()
  const [text, setText] = useLeft(SEARCH_TEXT, '')
  const field = useRef<HTMLInputElement>(null)
  // The last search is still shown; its text is selected, so that typing starts a new one.
  useEffect(() => {
    field.current?.select()
  }, [])
  return (
    <section aria-label={say('record/search/title')} style={{ padding: 16, maxWidth: 860 }}>
      <div style={{ display: 'flex', justifyContent: 'space-between', margin: '0 0 12px' }}>
        <h1 style={{ fontSize: 18, margin: 0 }}>{say('record/search/title')}</h1>
        <Button
          variant="outlined"
          onClick={onNew}
          aria-keyshortcuts={shortcut('newCustomer')}
          endIcon={<Key of="newCustomer" />}
        >
          {say('call/capture/newCustomer')}
        </Button>
      </div>
      <CustomerSearch
        text={text}
        onText={setText}
        onPick={onOpen}
        autoFocus
        inputRef={field}
        limit={50}
        maxHeight={560}
      />
    </section>
  )
}
