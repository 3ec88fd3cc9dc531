import { useDeferredValue, useState, type Ref } from 'react'
import { useWatch } from '../../bridge/use-watch.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CandidateLine } from '../caller/CandidateLine.tsx'
import { WHO_STOP } from '../caller/next-stop.ts'
import { Quiet } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { PickList } from '../pick-list/PickList.tsx'
import { useFirstLoad } from '../sync/use-first-load.ts'

export interface FoundCustomers {
  readonly hits: readonly SearchHit[]
  /** The list still belongs to the earlier text: it stays until the new list is there, so that nothing jumps. */
  readonly pending: boolean
}

/** Finds customers while the text is being typed. */
export function useCustomerSearch(text: string, limit: number): FoundCustomers {
  const wanted = text.trim()
  const asked = useDeferredValue(wanted)
  const { value } = useWatch('customer.search', asked === '' ? null : { text: asked.slice(0, 300), limit })
  const [last, setLast] = useState<readonly SearchHit[]>([])
  if (value !== undefined && value !== last) setLast(value)
  return {
    hits: asked === '' ? [] : (value ?? last),
    pending: wanted !== '' && (asked !== wanted || value === undefined),
  }
}

/** A hit in one line, with the data that it was found by where that is not the name. */
export function HitLine({ hit }: { hit: SearchHit }) {
  const { say } = useWords()
  return (
    <>
      <CandidateLine candidate={hit} />
      {/* The organisation is already in the line. */}
      {hit.found !== null && hit.foundBy !== 'organisation' && (
        <>
          {' '}
          <State meaning="plain">
            {say(`record/search/foundBy/${hit.foundBy}`)} {hit.found}
          </State>
        </>
      )}
    </>
  )
}

/** After this many hits, a longer text finds the customer, and a longer list does not. */
const MOST_SHOWN = 1000

/** The last line of a list that has more hits. */
const MORE = 'more'

/** A search for customers in a field: arrows choose, Enter takes. */
export function CustomerSearch({
  text,
  onText,
  onPick,
  label,
  autoFocus = false,
  inputRef,
  limit = 20,
  maxHeight = 480,
  quietWhenEmpty = false,
  isStop = false,
}: {
  text: string
  onText: (text: string) => void
  onPick: (hit: SearchHit) => void
  label?: string
  autoFocus?: boolean
  inputRef?: Ref<HTMLInputElement>
  limit?: number
  maxHeight?: number
  quietWhenEmpty?: boolean
  /** Whether this search is one of the places that the key for the unknown caller goes to. */
  isStop?: boolean
}) {
  const { say } = useWords()
  const [asked, setAsked] = useState({ text, count: limit })
  const count = asked.text === text ? asked.count : limit
  // Asking for one more than is shown tells whether there are more.
  const { hits: found, pending } = useCustomerSearch(text, count + 1)
  const hits = found.slice(0, count)
  const more = found.length > count && count + limit <= MOST_SHOWN
  const nothing = text.trim() === ''
  const firstLoad = useFirstLoad()
  const notFound = say(firstLoad ? 'record/search/notYet' : 'record/search/nothing', { text: text.trim() })
  return (
    <PickList
      label={label ?? say('record/search/label')}
      text={text}
      onText={onText}
      autoFocus={autoFocus}
      maxHeight={maxHeight}
      pending={pending}
      {...(inputRef ? { inputRef } : {})}
      {...(isStop ? { input: { [WHO_STOP]: '' } } : {})}
      items={
        nothing
          ? []
          : [
              ...hits.map((hit) => ({ key: hit.customerId as string, content: <HitLine hit={hit} /> })),
              ...(more ? [{ key: MORE, content: say('record/search/more', { count: hits.length }) }] : []),
            ]
      }
      onPick={(key) => {
        if (key === MORE) setAsked({ text, count: count + limit })
        const hit = hits.find((h) => h.customerId === key)
        if (hit) onPick(hit)
      }}
      empty={
        nothing ? (
          quietWhenEmpty ? undefined : (
            <Quiet>{say('record/search/empty')}</Quiet>
          )
        ) : pending ? (
          <Quiet>{say('shell/loading')}</Quiet>
        ) : (
          <Quiet>{notFound}</Quiet>
        )
      }
    />
  )
}
