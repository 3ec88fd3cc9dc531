import { useEffect, useRef } from 'react'
import { useLeft } from '../../app/stores.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CustomerSearch } from '../../parts/search/CustomerSearch.tsx'

/** Finds a customer by whatever one knows of them. */
export function SearchScreen({ onOpen }: { onOpen: (hit: SearchHit) => void }) {
  const { say } = useWords()
  const [text, setText] = useLeft('search', '')
  const field = useRef<HTMLInputElement>(null)
  // What was looked for before is still found; who types looks for somebody else.
  useEffect(() => { field.current?.select() }, [])
  return (
    <section aria-label={say('record/search/title')} style={{ padding: 16, maxWidth: 860 }}>
      <h1 style={{ fontSize: 18, margin: '0 0 12px' }}>{say('record/search/title')}</h1>
      <CustomerSearch text={text} onText={setText} onPick={onOpen} autoFocus inputRef={field} limit={50} maxHeight={560} />
    </section>
  )
}
