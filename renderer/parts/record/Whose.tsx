import { styled } from '@mui/material/styles'
import type { CustomerRecord } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Quiet, type Column } from '../list-table/ListTable.tsx'
import { isolated } from '../../i18n/isolated.ts'

// Quiet, because in the record of who calls for a busy organisation most rows have it.
const Mark = styled('span')(({ theme }) => ({
  display: 'inline-block', maxWidth: 112, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', verticalAlign: 'bottom',
  marginRight: 8, color: theme.vars.palette.text.secondary, fontSize: 12, lineHeight: 'inherit',
}))

/** Whose a row is that is not the customer's own: their organisation, or somebody there; '' where it is their own. */
export function whoseName(record: CustomerRecord, customerId: string | null, language: ScreenLanguage): string {
  if (customerId === null || customerId === record.customer.id) return ''
  const owner = record.organisation?.id === customerId ? record.organisation : record.contacts.find((contact) => contact.customerId === customerId)
  if (!owner) return ''
  return isolated(language === 'zh' ? (owner.nativeName ?? owner.displayName) : owner.displayName)
}

/** A mark before a row that is the organisation's, or one of its people's; nothing before one's own. */
export function Whose({ record, customerId }: { record: CustomerRecord; customerId: string | null }) {
  const { language } = useWords()
  const name = whoseName(record, customerId, language)
  return name === '' ? null : <Mark title={name}>{name}</Mark>
}

/** The one whose rows these all are; undefined where they are of several. */
function onlyOwner(owners: readonly (string | null)[]): string | null | undefined {
  const [first = null, ...rest] = new Set(owners)
  return rest.length === 0 ? first : undefined
}

/** Above a list: that all its rows are the organisation's, or one person's; nothing where they are the customer's own. */
export function AllWhose({ record, owners }: { record: CustomerRecord; owners: readonly (string | null)[] }) {
  const { say, language } = useWords()
  const name = whoseName(record, onlyOwner(owners) ?? null, language)
  return name === '' ? null : <Quiet>{say('record/allOf', { name })}</Quiet>
}

/** The column that says whose a row is, where rows of several stand; where `AllWhose` says it of all of them, none. */
export function whoseColumn<T>(record: CustomerRecord, owners: readonly (string | null)[], head: string, ownerOf: (row: T) => string | null): Column<T>[] {
  if (onlyOwner(owners) !== undefined) return []
  return [{ key: 'whose', head, renderCell: (row) => <Whose record={record} customerId={ownerOf(row)} /> }]
}
