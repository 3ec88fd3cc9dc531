import Button from '@mui/material/Button'
import { nextComplaintStep } from '../../../domain/complaint-chain.ts'
import type { Complaint } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { personName } from './people.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** The step that the desk owes: sales informs quality, and tells the customer at the end. Null where others are to act. */
function owedHere({ step, closedAt }: Complaint): 'informed' | 'told' | null {
  const next = closedAt === null ? nextComplaintStep(step) : null
  return next === 'informed' || next === 'told' ? next : null
}

/** Every complaint, who holds it and until when; what the desk owes is done here. */
export function ComplaintList({ record, now }: { record: CustomerRecord; now: number }) {
  const { say, formats, language } = useWords()
  const run = useRun()
  const advance = ({ id: complaintId, customerId, step }: Complaint, to: 'informed' | 'told'): void =>
    void run('complaint.advance', { complaintId, customerId, from: step, to, department: null, comment: '' }, say(`record/stepDone/${to}`))
  const owners = record.complaints.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/complaints')} rows={record.complaints} rowKey={(c) => c.id} empty={say('record/noComplaints')}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: (c) => c.number ?? '…' },
          ...whoseColumn(record, owners, say('record/column/whose'), (c: Complaint) => c.customerId),
          { key: 'opened', head: say('record/column/opened'), renderCell: (c) => <span title={formats.exact(c.openedAt)}>{formats.moment(c.openedAt, now)}</span> },
          { key: 'subject', head: say('record/column/subject'), wide: true, renderCell: (c) => <span title={c.description}>{c.subject}</span> },
          { key: 'severity', head: say('record/column/severity'), renderCell: (c) => <State meaning={c.severity === 'high' ? 'error' : 'plain'}>{say(`record/severity/${c.severity}`)}</State> },
          { key: 'step', head: say('record/column/step'), renderCell: (c) => say(`record/step/${c.step}`) },
          { key: 'department', head: say('record/column/department'), renderCell: (c) => [say(`record/department/${c.department}`), personName(record.people, c.ownerUserId, language)].filter(Boolean).join(' · ') },
          {
            key: 'due', head: say('record/column/due'),
            renderCell: (c) => c.closedAt !== null || c.dueAt === null ? '' : <State meaning={c.dueAt < now ? 'error' : 'plain'}>{c.dueAt < now ? '! ' : ''}{formats.relative(c.dueAt, now)}</State>,
          },
          ...(record.complaints.some(owedHere) ? [{
            key: 'action', head: say('record/column/action'),
            renderCell: (c: Complaint) => {
              const to = owedHere(c)
              return to && <Button sx={{ py: 0 }} onClick={() => advance(c, to)}>{say(`record/takeStep/${to}`)}</Button>
            },
          }] : []),
        ]}
      />
    </>
  )
}
