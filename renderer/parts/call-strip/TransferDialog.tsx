import { useState } from 'react'
import { useDraft, useStores } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'
import { PickList } from '../pick-list/PickList.tsx'
import { shortName } from '../record/customer-name.ts'

const EXTENSION = /^\d{2,8}$/
const LONGEST_NOTE = 2000

/** To whom the call goes; customer and note go with it. */
export function TransferDialog({ desk, onClose }: { desk: DeskCall; onClose: () => void }) {
  const { say, language } = useWords()
  const act = useAct()
  const { drafts } = useStores()
  const tell = useTell()
  const { content, change } = useDraft(desk.draft.key)
  const colleagues = useWatch('colleagues', {}).value ?? []
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = colleagues.filter((c) => c.extension !== null && c.userId !== desk.call.userId && `${c.displayName} ${c.nativeName ?? ''} ${c.extension}`.toLowerCase().includes(wanted))
  const items = found.slice(0, 12).map((c) => ({
    key: c.extension ?? '', content: <>{c.displayName} {c.nativeName} · {say('call/transferTo/extension', { number: c.extension ?? '' })}</>,
  }))
  if (EXTENSION.test(wanted) && !items.some((item) => item.key === wanted)) items.push({ key: wanted, content: <>{say('call/transferTo/extension', { number: wanted })}</> })
  const transfer = async (toExtension: string): Promise<void> => {
    await drafts.flush(desk.draft.key)
    const result = await act('call.control', {
      action: 'transfer', callId: desk.call.callId, toExtension, customerId: desk.customerId, note: content.note.slice(0, LONGEST_NOTE),
    })
    if (!result.ok) return
    // How the call ended is known now, unless the agent has said it otherwise.
    if (content.outcome === null) change({ outcome: 'forwarded' })
    const colleague = found.find((c) => c.extension === toExtension)
    tell(say('call/transferTo/done', { name: colleague ? shortName(colleague, language) : say('call/transferTo/extension', { number: toExtension }) }), 'done')
    onClose()
  }
  return (
    <NamedDialog label={say('call/transferTo/title')} width={420} high onClose={onClose}>
      <h2 style={{ margin: '0 0 12px', fontSize: 15 }}>{say('call/transferTo/title')}</h2>
      <PickList label={say('call/transferTo/search')} text={text} onText={setText} items={items} onPick={(extension) => void transfer(extension)} autoFocus empty={<Quiet>{say('call/transferTo/nothing')}</Quiet>} />
      <Quiet>{say('call/transferTo/note')}</Quiet>
    </NamedDialog>
  )
}
