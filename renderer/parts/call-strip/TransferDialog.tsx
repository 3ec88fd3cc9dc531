import { useState } from 'react'
import { useDraft, useLeft, useStores } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import type { AgentState } from '../../../protocol/calls.ts'
import { LONG_TEXT } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { useOnce } from '../form/use-once.ts'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'
import { PickList, type PickItem } from '../pick-list/PickList.tsx'
import { shortName } from '../record/customer-name.ts'
import { personName } from '../record/people.ts'
import { ColleagueLine, Line } from './ColleagueLine.tsx'
import { queueName } from './queue-name.ts'
import { byNearness, nearnessOf, type Colleague, type ToldState } from './who-is-free.ts'

const EXTENSION = /^\d{2,8}$/
const SHOWN = 60

/** Chooses who gets the call, free colleagues first; customer and note go with it. */
export function TransferDialog({
  desk,
  name,
  onClose,
}: {
  desk: DeskCall
  /** The caller's name, where there is another call that could be meant. */
  name: string | null
  onClose: () => void
}) {
  const words = useWords()
  const { say, language } = words
  const act = useAct()
  const { once } = useOnce()
  const { drafts } = useStores()
  const tell = useTell()
  const { content } = useDraft(desk.draft.key)
  const everybody = useWatch('colleagues', {}).value ?? []
  const states = useWatch('colleagues.states', {}).value
  // The text is kept when the dialog is opened again for the same call.
  const [text, setText] = useLeft(`${desk.call.callId} transfer`, '')
  // Each line shows its colleague's present state, but the order of the lines stays as it was when the text was typed:
  // nothing moves under the cursor.
  const [sortedBy, setSortedBy] = useState(states)
  if (sortedBy === undefined && states !== undefined) setSortedBy(states)
  const type = (next: string): void => {
    setSortedBy(states)
    setText(next)
  }
  const inStates =
    (list: readonly AgentState[] | null | undefined) =>
    ({ userId }: Colleague): ToldState =>
      list ? (list.find((state) => state.userId === userId) ?? null) : undefined
  const [stateNow, stateThen] = [inStates(states), inStates(sortedBy)]

  const wanted = text.trim().toLowerCase()
  const colleagues = byNearness(
    everybody.filter((c) => c.extension !== null && c.userId !== desk.call.userId),
    stateThen,
  )
  const teamOf = ({ team }: Colleague): string => queueName(team, words)
  const found = colleagues
    .filter((c) =>
      `${c.displayName} ${c.nativeName ?? ''} ${c.extension} ${c.team} ${teamOf(c)}`.toLowerCase().includes(wanted),
    )
    .slice(0, SHOWN)
  const people = found.map((c): PickItem => {
    const group = nearnessOf(stateThen(c))
    return {
      key: c.extension ?? '',
      group: say(`call/transferTo/group/${group}`),
      content: <ColleagueLine colleague={c} state={stateNow(c)} />,
    }
  })
  // An agent who types a name wants that person, busy or not, and not someone else of their team.
  const named = found.filter((c) => `${c.team} ${teamOf(c)}`.toLowerCase().includes(wanted))
  const teams = [...new Set(named.map((c) => c.team))].toSorted().flatMap((team): PickItem[] => {
    const members = colleagues.filter((c) => c.team === team)
    // A team can give the call only to a member who is free, and a team with one member is that person.
    const [first, ...others] = members.filter((c) => nearnessOf(stateThen(c)) === 'free')
    if (!first?.extension || members.length < 2) return []
    const counts = { free: String(others.length + 1), all: String(members.length) }
    return [
      {
        key: `team ${first.extension}`,
        group: say('call/transferTo/teams'),
        content: (
          <Line>
            <span>{queueName(team, words)}</span>
            <span />
            <span className="quiet number">{first.extension}</span>
            <span className="quiet">
              {say('call/transferTo/teamFree', counts)} · {shortName(first, language)}
            </span>
          </Line>
        ),
      },
    ]
  })
  const free = people.filter((_, n) => found[n] && nearnessOf(stateThen(found[n])) === 'free')
  const items = [...free, ...teams, ...people.slice(free.length)]
  const isExtension = EXTENSION.test(wanted)
  if (isExtension && !items.some((item) => item.key === wanted))
    items.push({ key: wanted, content: <>{say('call/transferTo/extension', { number: wanted })}</> })

  /** What a colleague said when they gave the call to this agent is passed on, under that colleague's name. */
  const noteForColleague = (): string => {
    const { handedOver } = desk.call
    const said = handedOver?.note ? `${personName(everybody, handedOver.fromUserId, language)}: ${handedOver.note}` : ''
    const both = [said, content.note].filter((part) => part.trim() !== '').join('\n')
    return both.length <= LONG_TEXT ? both : content.note
  }
  const transfer = async (toExtension: string): Promise<void> => {
    await drafts.flush(desk.draft.key)
    const result = await act('call.control', {
      action: 'transfer',
      callId: desk.call.callId,
      toExtension,
      customerId: desk.customerId,
      note: noteForColleague(),
    })
    if (!result.ok) return
    const colleague = colleagues.find((c) => c.extension === toExtension)
    tell(
      say('call/transferTo/done', {
        name: colleague ? shortName(colleague, language) : say('call/transferTo/extension', { number: toExtension }),
      }),
      'done',
    )
    onClose()
  }
  const title = name === null ? say('call/transferTo/title') : say('call/transferTo/titleOf', { name })
  return (
    <NamedDialog label={title} width={640} high onClose={onClose}>
      <h2 style={{ margin: '0 0 12px', fontSize: 15 }}>{title}</h2>
      <PickList
        label={say('call/transferTo/search')}
        text={text}
        onText={type}
        items={items}
        onPick={(key) => void once(() => transfer(key.replace('team ', '')))}
        autoFocus
        maxHeight={420}
        firstIsChosen={wanted !== '' || free.length > 0}
        pending={states === undefined && !isExtension}
        empty={<Quiet>{say('call/transferTo/nothing')}</Quiet>}
      />
      {states === null && <Quiet>{say('call/transferTo/statesNotKnown')}</Quiet>}
      <Quiet>{say('call/transferTo/note')}</Quiet>
    </NamedDialog>
  )
}
