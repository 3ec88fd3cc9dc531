import Button from '@mui/material/Button'
import { useState } from 'react'
import { lastStep, nextComplaintStep, takesNextStep } from '../../../domain/complaint-chain.ts'
import { mayTakeBack } from '../../../domain/take-back.ts'
import type { Complaint } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable, type FoundRow } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { ComplaintDetails } from './ComplaintDetails.tsx'
import { ComplaintStepForm, type TakenStep } from './ComplaintStepForm.tsx'
import { personName } from './people.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/**
 * Every complaint, who has to act next and until when. A user who may take the next step takes it here, and can undo it
 * for a while.
 */
export function ComplaintList({ record, now, found }: { record: CustomerRecord; now: number; found: FoundRow | null }) {
  const { say, formats, language } = useWords()
  const run = useRun()
  const identity = useWatch('session', {}).value?.identity
  const [taking, setTaking] = useState<{ readonly id: string; readonly to: TakenStep } | null>(null)
  const [read, setRead] = useState<string | null>(null)
  const next = ({ step }: Complaint): TakenStep | null => {
    const to = nextComplaintStep(step)
    return to === 'logged' ? null : to
  }
  const owed = (complaint: Complaint): TakenStep | null =>
    identity && takesNextStep(complaint, identity) ? next(complaint) : null
  const holder = (complaint: Complaint): string =>
    [say(`record/department/${complaint.department}`), personName(record.people, complaint.ownerUserId, language)]
      .filter(Boolean)
      .join(' · ')
  const undoable = (complaint: Complaint): boolean => {
    const last = lastStep(complaint)
    return (
      identity !== null &&
      identity !== undefined &&
      last?.to === complaint.step &&
      mayTakeBack({ doneBy: last.by, doneAt: last.at }, identity, now)
    )
  }
  const takeBack = ({ id: complaintId, customerId, step }: Complaint): void =>
    void run('complaint.takeBack', { complaintId, customerId, step }, say('work/complaint/stepUndone'))
  const taken = taking && record.complaints.find((row) => row.id === taking.id && owed(row) === taking.to)
  const shown = record.complaints.find((row) => row.id === read && row.id !== taken?.id)
  const owners = record.complaints.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      {taken && (
        <ComplaintStepForm
          key={`${taken.id} ${taking.to}`}
          complaint={taken}
          to={taking.to}
          record={record}
          now={now}
          onClose={() => setTaking(null)}
        />
      )}
      {shown && (
        <div style={{ padding: '8px 12px' }}>
          <ComplaintDetails complaint={shown} record={record} now={now} />
        </div>
      )}
      <ListTable
        label={say('record/views/complaints')}
        rows={record.complaints}
        rowKey={(c) => c.id}
        empty={say('record/noComplaints')}
        found={found}
        numbersOf={(c) => [c.number]}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: (c) => c.number ?? '…' },
          ...whoseColumn(record, owners, say('record/column/whose'), (c: Complaint) => c.customerId),
          {
            key: 'opened',
            head: say('record/column/opened'),
            renderCell: (c) => <span title={formats.exact(c.openedAt)}>{formats.moment(c.openedAt, now)}</span>,
          },
          {
            key: 'subject',
            head: say('record/column/subject'),
            wide: true,
            renderCell: (c) => (
              <Button
                sx={{ py: 0, textAlign: 'left' }}
                color="inherit"
                aria-expanded={read === c.id}
                onClick={() => setRead(read === c.id ? null : c.id)}
              >
                {c.subject}
              </Button>
            ),
          },
          {
            key: 'severity',
            head: say('record/column/severity'),
            renderCell: (c) => (
              <State meaning={c.severity === 'high' ? 'error' : 'plain'}>{say(`record/severity/${c.severity}`)}</State>
            ),
          },
          {
            key: 'step',
            head: say('record/column/step'),
            renderCell: (c) => <StepWords complaint={c} record={record} now={now} />,
          },
          { key: 'department', head: say('record/column/department'), renderCell: holder },
          {
            key: 'due',
            head: say('record/column/due'),
            renderCell: (c) =>
              c.closedAt !== null || c.dueAt === null ? (
                ''
              ) : (
                <State meaning={c.dueAt < now ? 'error' : 'plain'}>
                  {c.dueAt < now ? '! ' : ''}
                  {formats.relative(c.dueAt, now)}
                </State>
              ),
          },
          ...(record.complaints.some((c) => next(c) !== null || undoable(c))
            ? [
                {
                  key: 'action',
                  head: say('record/column/action'),
                  renderCell: (c: Complaint) => {
                    const [to, whose] = [owed(c), next(c)]
                    return (
                      <>
                        {to !== null && (
                          <Button sx={{ py: 0 }} onClick={() => setTaking({ id: c.id, to })}>
                            {say(`record/takeStep/${to}`)}
                          </Button>
                        )}
                        {to === null &&
                          whose !== null &&
                          c.closedAt === null &&
                          say('work/complaint/nextBy', { step: say(`record/takeStep/${whose}`), who: holder(c) })}
                        {undoable(c) && (
                          <Button sx={{ py: 0 }} color="inherit" onClick={() => takeBack(c)}>
                            {say('work/complaint/undoStep')}
                          </Button>
                        )}
                      </>
                    )
                  },
                },
              ]
            : []),
        ]}
      />
    </>
  )
}

/** The step that a complaint has reached, with who took it and when. */
function StepWords({ complaint, record, now }: { complaint: Complaint; record: CustomerRecord; now: number }) {
  const { say, formats, language } = useWords()
  const last = lastStep(complaint)
  const who = last
    ? [personName(record.people, last.by, language), formats.moment(last.at, now)].filter(Boolean).join(', ')
    : ''
  return (
    <span title={last ? formats.exact(last.at) : undefined}>
      {say(`record/step/${complaint.step}`)}
      {who === '' ? '' : ` · ${who}`}
    </span>
  )
}
