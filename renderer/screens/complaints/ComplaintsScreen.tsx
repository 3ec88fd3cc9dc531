import type { z } from 'zod'
import type { OpenCustomer } from '../../app/open-customer.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useWatch } from '../../bridge/use-watch.ts'
import type { ComplaintItem } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { State } from '../../parts/list-table/State.tsx'
import { WorkGrid } from '../../parts/list-table/WorkGrid.tsx'
import { personName } from '../../parts/record/people.ts'
import { bothNames } from '../../parts/record/customer-name.ts'
import { useFirstLoad } from '../../parts/sync/use-first-load.ts'
import { dueWords } from '../../parts/time/due-words.ts'
import { useNow } from '../../parts/time/use-now.ts'

type Item = z.infer<typeof ComplaintItem>

/** Every open complaint, who has to act next, and which ones are past their due time. */
export default function ComplaintsScreen({ onOpen, nonce }: { onOpen: OpenCustomer; nonce: string }) {
  const words = useWords()
  const { say, formats, refusal, language } = words
  const now = useNow(30_000)
  const firstLoad = useFirstLoad()
  const { value, error } = useWatch('complaints.open', {})
  const people = useWatch('colleagues', {}).value ?? []
  return (
    <section
      aria-label={say('record/complaintsList/title')}
      style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', height: '100%', minHeight: 0 }}
    >
      <h1 style={{ fontSize: 18, margin: '12px 16px 8px' }}>{say('record/complaintsList/title')}</h1>
      {error && <p role="alert">{refusal(error)}</p>}
      <FailureFence part="complaints/list" name={say('record/complaintsList/title')} of={value}>
        <WorkGrid<Item>
          label={say('record/complaintsList/title')}
          rows={value ?? []}
          rowId={({ complaint }) => complaint.id}
          empty={say(firstLoad ? 'record/listNotYet' : 'record/complaintsList/empty')}
          loading={value === undefined && !error}
          onOpen={({ customer }) => onOpen(customer, 'complaints')}
          nonce={nonce}
          columns={[
            {
              field: 'due',
              headerName: say('record/column/due'),
              width: 130,
              minWidth: 110,
              valueGetter: (_, { complaint }) => complaint.dueAt ?? Number.MAX_SAFE_INTEGER,
              renderCell: ({ row: { complaint } }) =>
                complaint.dueAt !== null && (
                  <span title={formats.exact(complaint.dueAt)}>
                    <State meaning={complaint.dueAt < now ? 'error' : 'plain'}>
                      {dueWords(complaint.dueAt, now, words)}
                    </State>
                  </span>
                ),
            },
            {
              field: 'number',
              headerName: say('record/column/number'),
              width: 90,
              valueGetter: (_, { complaint }) => complaint.number ?? '…',
            },
            {
              field: 'customer',
              headerName: say('record/column/customer'),
              width: 180,
              minWidth: 110,
              valueGetter: (_, { customer }) => bothNames(customer, language),
            },
            {
              field: 'subject',
              headerName: say('record/column/subject'),
              width: 260,
              minWidth: 150,
              valueGetter: (_, { complaint }) => complaint.subject,
            },
            {
              field: 'severity',
              headerName: say('record/column/severity'),
              width: 90,
              valueGetter: (_, { complaint }) => say(`record/severity/${complaint.severity}`),
            },
            {
              field: 'step',
              headerName: say('record/column/step'),
              width: 150,
              valueGetter: (_, { complaint }) => say(`record/step/${complaint.step}`),
            },
            {
              field: 'department',
              headerName: say('record/column/department'),
              width: 110,
              valueGetter: (_, { complaint }) => say(`record/department/${complaint.department}`),
            },
            {
              field: 'owner',
              headerName: say('record/column/owner'),
              width: 120,
              valueGetter: (_, { complaint }) =>
                personName(people, complaint.ownerUserId, language) || say('record/nobody'),
            },
            {
              field: 'opened',
              headerName: say('record/column/opened'),
              width: 100,
              valueGetter: (_, { complaint }) => complaint.openedAt,
              valueFormatter: (at: number) => formats.moment(at, now),
            },
          ]}
        />
      </FailureFence>
    </section>
  )
}
