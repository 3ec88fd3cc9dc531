import { useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Cap } from '../key/Key.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { PickList } from '../pick-list/PickList.tsx'
import { HitLine, useCustomerSearch } from '../search/CustomerSearch.tsx'
import type { SearchHit } from '../../../protocol/workstation.ts'

/** An action of the palette. */
export interface PaletteAction {
  readonly key: string
  readonly label: string
  /**
   * The name that the action is about, shown after the label. It is not searched, so that a customer's name finds the
   * customer and not an action on their call.
   */
  readonly about?: string
  readonly shortcut?: string
  /** The reason why it is not possible now, in a sentence. */
  readonly unavailable?: string
  readonly run: () => void
}

/** Opens anything and does anything: finds customers by any of their data, places, actions and states. */
export function Palette({
  offer,
  onCustomer,
  onClose,
}: {
  /** The actions that are possible when the palette opens. */
  offer: () => readonly PaletteAction[]
  onCustomer: (hit: SearchHit) => void
  onClose: () => void
}) {
  const { say } = useWords()
  const [text, setText] = useState('')
  const [actions] = useState(offer)
  const { hits, pending } = useCustomerSearch(text, 8)
  const wanted = text.trim().toLowerCase()
  const doing = actions.filter((action) => action.label.toLowerCase().includes(wanted))
  const items = [
    ...doing.slice(0, wanted === '' ? 40 : 8).map((action) => ({
      key: `do ${action.key}`,
      group: say('shell/palette/doing'),
      disabled: action.unavailable !== undefined,
      content: (
        <span style={{ display: 'flex', justifyContent: 'space-between' }}>
          <span>
            {action.label}
            {action.about !== undefined && `: ${action.about}`}
            {action.unavailable !== undefined && ` · ${action.unavailable}`}
          </span>
          {action.shortcut !== undefined && <Cap>{action.shortcut}</Cap>}
        </span>
      ),
    })),
    ...(wanted === ''
      ? []
      : hits.map((hit) => ({
          key: hit.customerId as string,
          group: say('shell/palette/customers'),
          content: <HitLine hit={hit} />,
        }))),
  ]
  const pick = (key: string): void => {
    onClose()
    const hit = hits.find((h) => h.customerId === key)
    if (hit) onCustomer(hit)
    else actions.find((action) => `do ${action.key}` === key)?.run()
  }
  return (
    <NamedDialog label={say('shell/palette/title')} width={560} high onClose={onClose}>
      <PickList
        label={say('shell/palette/placeholder')}
        text={text}
        onText={setText}
        items={items}
        onPick={pick}
        autoFocus
        maxHeight={440}
        pending={pending}
        empty={
          pending ? (
            <Quiet>{say('shell/loading')}</Quiet>
          ) : (
            <Quiet>{say('shell/palette/nothing', { text: text.trim() })}</Quiet>
          )
        }
      />
      <Quiet>{say('shell/palette/hint')}</Quiet>
    </NamedDialog>
  )
}
