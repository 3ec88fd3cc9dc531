import type { Stay } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'
import { ListTable } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { AllWhose, whoseColumn } from './Whose.tsx'

type Meal = keyof typeof words.en.record.meal

/** Every stay, with the room that was booked and the one that was given. */
export function Stays({ record }: { record: CustomerRecord }) {
  const { say, formats } = useWords()
  const owners = record.stays.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/stays')}
        rows={record.stays}
        rowKey={(s) => s.id}
        empty={say('record/noStays')}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: (s) => s.number },
          ...whoseColumn(record, owners, say('record/column/whose'), (s: Stay) => s.customerId),
          { key: 'arrive', head: say('record/column/arrive'), renderCell: (s) => formats.date(s.arriveOn) },
          { key: 'depart', head: say('record/column/depart'), renderCell: (s) => formats.date(s.departOn) },
          {
            key: 'status',
            head: say('record/column/status'),
            renderCell: (s) => (
              <State meaning={s.status === 'booked' || s.status === 'inHouse' ? 'success' : 'plain'}>
                {say(`record/stayStatus/${s.status}`)}
              </State>
            ),
          },
          {
            key: 'room',
            head: say('record/column/room'),
            renderCell: (s) =>
              `${s.room ?? ''} ${s.roomTypeAssigned !== null && s.roomTypeAssigned !== s.roomTypeReserved ? `${s.roomTypeReserved} → ${s.roomTypeAssigned}` : s.roomTypeReserved}`,
          },
          {
            key: 'meal',
            head: say('record/column/meal'),
            renderCell: (s) => (s.meal in words.en.record.meal ? say(`record/meal/${s.meal as Meal}`) : s.meal),
          },
          {
            key: 'wishes',
            head: say('record/column/wishes'),
            wide: true,
            renderCell: (s) => s.specialRequests.join(', '),
          },
          {
            key: 'rate',
            head: say('record/column/rate'),
            numeric: true,
            renderCell: (s) => formats.money(s.dailyRateMinor, s.currency),
          },
        ]}
      />
    </>
  )
}
