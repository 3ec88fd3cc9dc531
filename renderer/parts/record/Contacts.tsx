import Button from '@mui/material/Button'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useOpenCustomer } from '../../app/open-customer.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Icon } from '../icon/Icon.tsx'
import { ListTable } from '../list-table/ListTable.tsx'
import { useAct } from '../notice/use-act.ts'
import { bothNames } from './customer-name.ts'

/**
 * The people who call for an organisation: their number, which one click dials, and when somebody last spoke with them.
 */
export function Contacts({ record, now }: { record: CustomerRecord; now: number }) {
  const { say, formats, language } = useWords()
  const act = useAct()
  const open = useOpenCustomer()
  return (
    <ListTable
      label={say('record/views/contacts')}
      rows={record.contacts}
      rowKey={(c) => c.customerId}
      empty={say('record/noContacts')}
      columns={[
        {
          key: 'name',
          head: say('record/column/person'),
          renderCell: (c) => (
            <Button sx={{ py: 0 }} onClick={() => open(c)}>
              {bothNames(c, language)}
            </Button>
          ),
        },
        { key: 'account', head: say('record/column/account'), renderCell: (c) => c.number },
        {
          key: 'phone',
          head: say('record/column/phone'),
          renderCell: ({ customerId, phone, shownPhone }) =>
            phone !== null && (
              <Button
                sx={{ py: 0 }}
                startIcon={<Icon name="phone" size={12} />}
                aria-label={say('record/dial', { number: shownPhone ?? phone })}
                onClick={() => void act('call.dial', { number: phone, customerId, taskId: null })}
              >
                {shownPhone ?? phone}
              </Button>
            ),
        },
        {
          key: 'last',
          head: say('record/column/lastContact'),
          wide: true,
          renderCell: ({ lastContactAt }) =>
            lastContactAt === null ? (
              ''
            ) : (
              <span title={formats.exact(lastContactAt)}>{formats.relative(lastContactAt, now)}</span>
            ),
        },
      ]}
    />
  )
}
