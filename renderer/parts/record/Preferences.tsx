import Button from '@mui/material/Button'
import type { Preference } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
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
  const owners = record.preferences.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/preferences')} rows={record.preferences} rowKey={(p) => p.id} empty={say('record/noPreferences')}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'key', head: say('record/column/key'), renderCell: (p) => preferenceKeyWord(p.key, say) },
          { key: 'value', head: say('record/column/value'), wide: true, renderCell: (p) => <strong>{p.value}</strong> },
          ...whoseColumn(record, owners, say('record/column/whose'), (p: Preference) => p.customerId),
          {
            key: 'noted', head: say('record/column/noted'),
            renderCell: (p) => <span title={formats.exact(p.notedAt)}>{[formats.moment(p.notedAt, now), personName(record.people, p.notedBy, language), say(`record/source/${p.source}`)].filter(Boolean).join(' · ')}</span>,
          },
          { key: 'confirmed', head: say('record/column/confirmed'), renderCell: (p) => (p.confirmedAt === null ? '' : formats.moment(p.confirmedAt, now)) },
          {
            key: 'action', head: say('record/column/action'),
            renderCell: (p) => <Button sx={{ py: 0 }} onClick={() => void run('preference.confirm', { preferenceId: p.id, customerId: p.customerId }, say('record/preferenceForm/confirmed'))}>{say('record/confirm')}</Button>,
          },
        ]}
      />
    </>
  )
}
