import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useDeferredValue, useRef, useState } from 'react'
import { SHORT_TEXT, type CustomerId } from '../../../protocol/scalars.ts'
import { TaskView } from '../../../protocol/workstation.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useLeft } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { LimitedField } from '../../parts/form/LimitedField.tsx'
import { Cap } from '../../parts/key/Key.tsx'
import { WorkGrid } from '../../parts/list-table/WorkGrid.tsx'
import { useAct, useRun } from '../../parts/notice/use-act.ts'
import type { CustomerNames } from '../../parts/record/customer-name.ts'
import { useFirstLoad } from '../../parts/sync/use-first-load.ts'
import { useNow } from '../../parts/time/use-now.ts'
import { TaskForm } from './TaskForm.tsx'
import { actsOf, letters, taskColumns, type Item, type TaskAct } from './task-columns.tsx'

const Frame = styled('section')(({ theme }) => ({
  display: 'grid',
  gridTemplateRows: 'auto auto auto minmax(0, 1fr) auto',
  height: '100%',
  minHeight: 0,
  '& > .head': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', padding: '12px 16px 8px' },
  '& h1': { fontSize: 18, margin: 0 },
  '& .views': { display: 'flex', gap: 4 },
  '& .form': { padding: '0 16px 8px', maxWidth: 640 },
  '& .letters': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 12px',
    padding: '4px 16px',
    fontSize: 12,
    color: theme.vars.palette.text.secondary,
    borderTop: `1px solid ${theme.vars.palette.divider}`,
  },
}))

/** The promises to customers, the most urgent first: mine, the team's, all, and those that were ended a moment ago. */
export default function CallbacksScreen({
  onOpen,
  nonce,
}: {
  onOpen: (customer: CustomerNames & { customerId: CustomerId }) => void
  nonce: string
}) {
  const words = useWords()
  const { say, refusal } = words
  const act = useAct()
  const run = useRun()
  const now = useNow(30_000)
  const firstLoad = useFirstLoad()
  const [view, setView] = useLeft<TaskView>('callbacks view', 'mine')
  const [wanted, setWanted] = useLeft('callbacks filter', '')
  const filter = useRef<HTMLInputElement | HTMLTextAreaElement>(null)
  const frame = useRef<HTMLElement>(null)
  const [form, setForm] = useState<{ readonly what: 'postpone' | 'assign' | 'drop'; readonly taskId: string } | null>(
    null,
  )
  const { value, error } = useWatch('tasks.list', { view })
  const people = useWatch('colleagues', {}).value ?? []
  const userId = useWatch('session', {}).value?.identity?.userId
  const text = useDeferredValue(wanted.trim().toLowerCase())
  const rows = (value?.items ?? []).filter(
    (item) => text === '' || searchedIn(item, say(`record/taskKind/${item.task.kind}`)).includes(text),
  )
  const shown = form && rows.find(({ task }) => task.id === form.taskId)

  const doIt = (what: TaskAct, item: Item): void => {
    const {
      task: { id: taskId },
      customer,
      phone,
    } = item
    const reopen = { command: 'task.takeBack', args: { taskId }, done: say('work/task/reopened') } as const
    switch (what) {
      case 'dial':
        return void (
          phone !== null && act('call.dial', { number: phone, customerId: customer?.customerId ?? null, taskId })
        )
      case 'done':
        return void run('task.done', { taskId }, say('work/task/done'), reopen)
      case 'take':
        return void run('task.claim', { taskId }, say('record/callbacks/taken'))
      case 'takeBack':
        return void run('task.takeBack', { taskId }, say('work/task/reopened'))
      case 'open':
        return customer ? onOpen(customer) : undefined
      case 'postpone':
      case 'assign':
      case 'drop':
        return setForm({ what, taskId })
    }
  }
  const onKey = (key: string, item: Item): boolean => {
    if (key === '/') filter.current?.focus()
    const what = letters[key]
    if (what !== undefined && actsOf(item).includes(what)) doIt(what, item)
    return key === '/' || what !== undefined
  }
  const closeForm = (): void => {
    setForm(null)
    // Give the focus back to the row that the form was about, or to the row in its place.
    setTimeout(() => frame.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus(), 0)
  }
  return (
    <Frame ref={frame} aria-label={say('record/callbacks/title')}>
      <div className="head">
        <h1>{say('record/callbacks/title')}</h1>
        <div className="views" role="group" aria-label={say('work/task/views')}>
          {TaskView.options.map((one) => (
            <Button
              key={one}
              variant={one === view ? 'contained' : 'text'}
              aria-pressed={one === view}
              onClick={() => setView(one)}
            >
              {say(`work/task/view/${one}`)}
              {value ? ` ${value.counts[one]}` : ''}
            </Button>
          ))}
        </div>
        <LimitedField
          label={say('work/task/filter')}
          value={wanted}
          limit={SHORT_TEXT}
          fieldRef={filter}
          onText={setWanted}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWanted('')
          }}
          sx={{ width: 220 }}
        />
      </div>
      <div>{error && <p role="alert">{refusal(error)}</p>}</div>
      <div>
        {shown && form && (
          <div className="form">
            <TaskForm key={`${form.taskId} ${form.what}`} what={form.what} item={shown} onClose={closeForm} />
          </div>
        )}
      </div>
      <FailureFence part="callbacks/list" name={say('record/callbacks/title')} of={value}>
        <WorkGrid<Item>
          label={say('record/callbacks/title')}
          rows={rows}
          rowId={({ task }) => task.id}
          loading={value === undefined && !error}
          onOpen={(item) => doIt('open', item)}
          onKey={onKey}
          nonce={nonce}
          empty={
            text === ''
              ? say(
                  firstLoad ? 'record/listNotYet' : view === 'ended' ? 'work/task/noneEnded' : 'record/callbacks/empty',
                )
              : say('work/task/noneFound', { text: wanted.trim() })
          }
          columns={taskColumns({ words, now, people, userId, act: doIt })}
        />
      </FailureFence>
      <div className="letters">
        {Object.entries(letters)
          .filter(([, what]) => (what === 'takeBack') === (view === 'ended'))
          .map(([letter, what]) => (
            <span key={letter}>
              <Cap>{letter.toUpperCase()}</Cap> {say(`work/task/act/${what}`)}
            </span>
          ))}
        <span>
          <Cap>Enter</Cap> {say('work/task/act/open')}
        </span>
        <span>
          <Cap>/</Cap> {say('work/task/filter')}
        </span>
      </div>
    </Frame>
  )
}

/** All the text that a task can be found by, in lower case. */
const searchedIn = ({ task, customer, phone, shownPhone }: Item, kind: string): string =>
  [
    task.title,
    task.detail,
    kind,
    customer?.displayName,
    customer?.nativeName,
    customer?.organisationName,
    customer?.number,
    phone,
    shownPhone?.replaceAll(' ', ''),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
