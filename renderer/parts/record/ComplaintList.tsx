import Button from '@mui/material/Button'
import { useState } from 'react'
import { nextComplaintStep, takesNextStep } from '../../../domain/complaint-chain.ts'
import type { Complaint } from '../../../protocol/entities.ts'
import type { ComplaintStep } from '../../../protocol/entities/complaint.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { dueWords } from '../time/due-words.ts'
import { ComplaintStepForm, type DepartmentStep } from './ComplaintStepForm.tsx'
import { personName } from './people.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** Every complaint, who holds it and until when; whoever owes the next step takes it here. */
export function ComplaintList({ record, now }: { record: CustomerRecord; now: number }) {
  const words = useWords()
  const { say, formats, language } = words
  const run = useRun()
  const advance = ({ id: complaintId, customerId, step }: Complaint, to: 'informed' | 'told'): void =>
    void run('complaint.advance', { complaintId, customerId, from: step, to, department: null, comment: '' }, say(`record/stepDone/${to}`))
  const identity = useWatch('session', {}).value?.identity
  const owed = (complaint: Complaint): Exclude<ComplaintStep, 'logged'> | null => {
    const next = nextComplaintStep(complaint.step)
    return identity && next !== null && next !== 'logged' && takesNextStep(complaint, identity) ? next : null
  }
  const [taking, setTaking] = useState<{ readonly id: string; readonly to: DepartmentStep } | null>(null)
  const taken = taking && record.complaints.find((row) => row.id === taking.id && owed(row) === taking.to)
  const owners = record.complaints.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      {taken && <ComplaintStepForm complaint={taken} to={taking.to} onClose={() => setTaking(null)} />}
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
            renderCell: (c) => c.closedAt !== null || c.dueAt === null ? '' : <State meaning={c.dueAt < now ? 'error' : 'plain'}>{dueWords(c.dueAt, now, words)}</State>,
          },
          ...(record.complaints.some(owed) ? [{
            key: 'action', head: say('record/column/action'),
            renderCell: (c: Complaint) => {
              const to = owed(c)
              return to && <Button sx={{ py: 0 }} onClick={() => (to === 'informed' || to === 'told' ? advance(c, to) : setTaking({ id: c.id, to }))}>{say(`record/takeStep/${to}`)}</Button>
            },
          }] : []),
        ]}
      />
    </>
  )
}
