import Button from '@mui/material/Button'
import type { z } from 'zod'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useWatch } from '../../bridge/use-watch.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { TaskItem } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { State } from '../../parts/list-table/State.tsx'
import { WorkGrid } from '../../parts/list-table/WorkGrid.tsx'
import { useAct, useRun } from '../../parts/notice/use-act.ts'
import { bothNames, type CustomerNames } from '../../parts/record/customer-name.ts'
import { useFirstLoad } from '../../parts/sync/use-first-load.ts'
import { dueWords } from '../../parts/time/due-words.ts'
import { useNow } from '../../parts/time/use-now.ts'

type Item = z.infer<typeof TaskItem>

/** What was promised and to whom, the most due first. */
export default function CallbacksScreen({ onOpen, nonce }: { onOpen: (customer: CustomerNames & { customerId: CustomerId }) => void; nonce: string }) {
  const words = useWords()
  const { say, formats, refusal, language } = words
  const act = useAct()
  const run = useRun()
  const now = useNow(30_000)
  const firstLoad = useFirstLoad()
  const { value, error } = useWatch('tasks.open', {})
  const open = ({ customer }: Item): void => {
    if (customer) onOpen(customer)
  }
  return (
    <section aria-label={say('record/callbacks/title')} style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', height: '100%', minHeight: 0 }}>
      <h1 style={{ fontSize: 18, margin: '12px 16px 8px' }}>{say('record/callbacks/title')}</h1>
      {error && <p role="alert">{refusal(error)}</p>}
      <FailureFence part="callbacks/list" name={say('record/callbacks/title')} of={value}>
      <WorkGrid<Item>
        label={say('record/callbacks/title')} rows={value ?? []} rowId={({ task }) => task.id} empty={say(firstLoad ? 'record/listNotYet' : 'record/callbacks/empty')} loading={value === undefined && !error} onOpen={open} nonce={nonce}
        columns={[
          {
            field: 'due', headerName: say('record/column/due'), width: 130, valueGetter: (_, { task }) => task.dueAt,
            renderCell: ({ row: { task } }) => <span title={formats.exact(task.dueAt)}><State meaning={task.dueAt < now ? 'error' : 'plain'}>{dueWords(task.dueAt, now, words)}</State></span>,
          },
          { field: 'kind', headerName: say('record/column/what'), width: 130, valueGetter: (_, { task }) => say(`record/taskKind/${task.kind}`) },
          { field: 'customer', headerName: say('record/column/customer'), width: 200, valueGetter: (_, { customer }) => (customer ? bothNames(customer, language) : '') },
          { field: 'title', headerName: say('record/column/subject'), flex: 1, minWidth: 160, valueGetter: (_, { task }) => task.title },
          { field: 'owner', headerName: say('record/column/owner'), width: 80, valueGetter: (_, { task }) => (task.ownerUserId === null ? say('record/free') : say('record/you')) },
          {
            field: 'phone', headerName: say('record/column/phone'), width: 170, valueGetter: (_, { phone }) => phone ?? '',
            renderCell: ({ row: { phone, shownPhone = phone }, tabIndex }) => phone !== null && <Button tabIndex={tabIndex} aria-label={say('record/dial', { number: phone })} onClick={() => void act('call.control', { action: 'dial', number: phone })}>{shownPhone}</Button>,
          },
          {
            field: 'action', headerName: say('record/column/action'), width: 190, sortable: false,
            renderCell: ({ row, tabIndex }) => (
              <>
                {row.customer && <Button tabIndex={tabIndex} onClick={() => open(row)}>{say('record/callbacks/open')}</Button>}
                {row.task.ownerUserId === null && <Button tabIndex={tabIndex} onClick={() => void run('task.claim', { taskId: row.task.id }, say('record/callbacks/taken'))}>{say('record/callbacks/take')}</Button>}
                <Button tabIndex={tabIndex} onClick={() => void run('task.done', { taskId: row.task.id }, say('record/callbacks/done'))}>{say('record/callbacks/done')}</Button>
              </>
            ),
          },
        ]}
      />
      </FailureFence>
    </section>
  )
}
