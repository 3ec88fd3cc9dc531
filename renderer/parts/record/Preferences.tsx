import Button from '@mui/material/Button'
import { mayTakeBack } from '../../../domain/take-back.ts'
import type { Preference } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable } from '../list-table/ListTable.tsx'
import { useRun } from '../notice/use-act.ts'
import { personName } from './people.ts'
import { preferenceKeyWord } from './preference-words.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** What the customer likes, who noted it and when it was last confirmed. */
export function Preferences({ record, now }: { record: CustomerRecord; now: number }) {
  const { say, formats, language } = useWords()
  const run = useRun()
  const identity = useWatch('session', {}).value?.identity
  const undoable = ({ retiredAt, retiredBy }: Preference): boolean =>
    identity !== null && identity !== undefined && mayTakeBack({ doneBy: retiredBy, doneAt: retiredAt }, identity, now)
  const rows = record.preferences.filter((p) => p.retiredAt === null || undoable(p))
  const before = ({ earlier }: Preference): string =>
    earlier
      .map(
        ({ value, notedBy, notedAt }) =>
          `${value} (${[personName(record.people, notedBy, language), formats.moment(notedAt, now)].filter(Boolean).join(', ')})`,
      )
      .join('\n')
  const retire = ({ id: preferenceId, customerId }: Preference): void =>
    void run('preference.retire', { preferenceId, customerId }, say('work/preference/retired'), {
      command: 'preference.takeBack',
      args: { preferenceId, customerId },
      done: say('work/preference/restored'),
    })
  const owners = rows.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/preferences')}
        rows={rows}
        rowKey={(p) => p.id}
        empty={say('record/noPreferences')}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'key', head: say('record/column/key'), renderCell: (p) => preferenceKeyWord(p.key, say) },
          {
            key: 'value',
            head: say('record/column/value'),
            wide: true,
            renderCell: (p) =>
              p.retiredAt === null ? <strong title={before(p) || undefined}>{p.value}</strong> : <s>{p.value}</s>,
          },
          ...whoseColumn(record, owners, say('record/column/whose'), (p: Preference) => p.customerId),
          {
            key: 'noted',
            head: say('record/column/noted'),
            renderCell: (p) => (
              <span title={formats.exact(p.notedAt)}>
                {[
                  formats.moment(p.notedAt, now),
                  personName(record.people, p.notedBy, language),
                  say(`record/source/${p.source}`),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            ),
          },
          {
            key: 'confirmed',
            head: say('record/column/confirmed'),
            renderCell: (p) =>
              p.confirmedAt === null
                ? ''
                : [formats.moment(p.confirmedAt, now), personName(record.people, p.confirmedBy, language)]
                    .filter(Boolean)
                    .join(' · '),
          },
          {
            key: 'action',
            head: say('record/column/action'),
            renderCell: (p) =>
              p.retiredAt === null ? (
                <>
                  <Button
                    sx={{ py: 0 }}
                    onClick={() =>
                      void run(
                        'preference.confirm',
                        { preferenceId: p.id, customerId: p.customerId },
                        say('record/preferenceForm/confirmed'),
                      )
                    }
                  >
                    {say('record/confirm')}
                  </Button>
                  <Button sx={{ py: 0 }} color="inherit" onClick={() => retire(p)}>
                    {say('work/preference/retire')}
                  </Button>
                </>
              ) : (
                <Button
                  sx={{ py: 0 }}
                  onClick={() =>
                    void run(
                      'preference.takeBack',
                      { preferenceId: p.id, customerId: p.customerId },
                      say('work/preference/restored'),
                    )
                  }
                >
                  {say('work/undo')}
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}
