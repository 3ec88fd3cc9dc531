import { styled } from '@mui/material/styles'
import type { CustomerRecord } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Quiet, type Column } from '../list-table/ListTable.tsx'
import { isolated } from '../../i18n/isolated.ts'

// In quiet colours, because most rows have this mark in the record of a person who calls for a busy organisation.
const Mark = styled('span')(({ theme }) => ({
  display: 'inline-block',
  maxWidth: 112,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  verticalAlign: 'bottom',
  marginRight: 8,
  color: theme.vars.palette.text.secondary,
  fontSize: 12,
  lineHeight: 'inherit',
}))

/**
 * The owner's name of a row that is not the customer's own: their organisation, or a person there; '' where the row is
 * the customer's own.
 */
export function whoseName(record: CustomerRecord, customerId: string | null, language: ScreenLanguage): string {
  if (customerId === null || customerId === record.customer.id) return ''
  const owner =
    record.organisation?.id === customerId
      ? record.organisation
      : record.contacts.find((contact) => contact.customerId === customerId)
  if (!owner) return ''
  return isolated(language === 'zh' ? (owner.nativeName ?? owner.displayName) : owner.displayName)
}

/**
 * A mark before a row that belongs to the organisation, or to one of its people; nothing before the customer's own
 * rows.
 */
export function Whose({ record, customerId }: { record: CustomerRecord; customerId: string | null }) {
  const { language } = useWords()
  const name = whoseName(record, customerId, language)
  return name === '' ? null : <Mark title={name}>{name}</Mark>
}

/** The one owner of all these rows; undefined where they have several owners. */
function onlyOwner(owners: readonly (string | null)[]): string | null | undefined {
  const [first = null, ...rest] = new Set(owners)
  return rest.length === 0 ? first : undefined
}

/**
 * Says above a list that all its rows are the organisation's, or one person's; nothing where they are the customer's
 * own.
 */
export function AllWhose({ record, owners }: { record: CustomerRecord; owners: readonly (string | null)[] }) {
  const { say, language } = useWords()
  const name = whoseName(record, onlyOwner(owners) ?? null, language)
  return name === '' ? null : <Quiet>{say('record/allOf', { name })}</Quiet>
}

/**
 * The column with the owner of each row, where the rows have several owners; no column where `AllWhose` names the owner
 * of them all.
 */
export function whoseColumn<T>(
  record: CustomerRecord,
  owners: readonly (string | null)[],
  head: string,
  ownerOf: (row: T) => string | null,
): Column<T>[] {
  if (onlyOwner(owners) !== undefined) return []
  return [{ key: 'whose', head, renderCell: (row) => <Whose record={record} customerId={ownerOf(row)} /> }]
}
