import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useDeferredValue } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { editBegun, editOf, type EditedField } from '../../../domain/customer-edit.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import type { FieldConflict } from '../../../protocol/workstation.ts'
import { useDraft } from '../../app/stores.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useOnce } from '../form/use-once.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useAct, useRun } from '../notice/use-act.ts'
import { EditCustomer } from './EditCustomer.tsx'
import { changedWords } from './people.ts'

const Remark = styled('p')(({ theme }) => ({
  display: 'flex',
  gap: 12,
  margin: 0,
  padding: '2px 12px',
  fontSize: 12,
  lineHeight: '16px',
  whiteSpace: 'nowrap',
  backgroundColor: theme.vars.palette.background.paper,
  borderBottom: `1px solid ${theme.vars.palette.divider}`,
  color: theme.vars.palette.text.secondary,
  // A long remark is cut so that the name of the user who last changed the data stays visible.
  '& > span': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& > .changed': { flexShrink: 0, maxWidth: '60%' },
}))
const Conflict = styled('div')(({ theme }) => ({
  padding: '2px 12px',
  fontSize: 12,
  backgroundColor: theme.vars.palette.warning.light,
  color: theme.vars.palette.warning.main,
}))

/** Opens the form for a customer's data; text that is already in it stays. */
export function EditButton({ record, draftKey }: { record: CustomerRecord; draftKey: string }) {
  const { say } = useWords()
  const { content, change } = useDraft(draftKey)
  const open = (): void => {
    const was = editOf(record.customer)
    change({
      edit: content.edit
        ? { ...content.edit, open: true }
        : { open: true, id: uuidv7(), was, ...was, phone: '', label: 'mobile' },
    })
  }
  useKeys({ editCustomer: open })
  return (
    <Button
      size="small"
      onClick={open}
      aria-keyshortcuts={shortcut('editCustomer')}
      endIcon={<Key of="editCustomer" />}
      sx={{ py: 0, fontSize: 12, flexShrink: 0 }}
    >
      {say('record/edit/open')}
      {editBegun(content) && !content.edit?.open ? ` · ${say('call/begun')}` : ''}
    </Button>
  )
}

/**
 * The user's own values that came too late, and the remark about a customer, with the name of the user who last changed
 * the data; or, when it is opened, the form in which the data is changed.
 */
export function CustomerData({ record, now, draftKey }: { record: CustomerRecord; now: number; draftKey: string }) {
  const words = useWords()
  const { say, formats } = words
  const { edit } = useDraft(draftKey).content
  // A pop must not wait for a query, so this one starts after the first paint.
  const painted = useDeferredValue(true, false)
  const conflicts = useWatch('customer.conflicts', painted ? { customerId: record.customer.id } : null).value ?? []
  const { remark, changedAt } = record.customer
  const remarked = remark !== null && remark.trim() !== ''
  return (
    <>
      {conflicts.map((conflict) => (
        <ConflictLine key={conflict.commandId} record={record} conflict={conflict} />
      ))}
      {edit?.open && <EditCustomer key={edit.id} record={record} now={now} draftKey={draftKey} edit={edit} />}
      {!edit?.open && (remarked || changedAt !== null) && (
        <Remark>
          {remarked && (
            <span title={remark}>
              {say('shell/typed/remark')}: {remark}
            </span>
          )}
          {changedAt !== null && (
            <span className="changed" title={formats.exact(changedAt)}>
              {changedWords(record.customer, record.people, now, words)}
            </span>
          )}
        </Remark>
      )}
    </>
  )
}

/**
 * A value of the user's own that came too late, beside the colleague's value that counts: the user can put their own in
 * place of it, or drop it.
 */
function ConflictLine({
  record,
  conflict: { commandId, field, mine },
}: {
  record: CustomerRecord
  conflict: FieldConflict
}) {
  const { say } = useWords()
  const act = useAct()
  const run = useRun()
  const { once } = useOnce()
  const { customer } = record
  const theirs = editOf(customer)[field as EditedField]
  const drop = async (): Promise<void> => void (await act('sync.dismiss', { commandId }))
  const keep = async (): Promise<void> => {
    if (
      await run(
        'customer.change',
        { customerId: customer.id, was: { [field]: theirs || null }, now: { [field]: mine } },
        say('record/edit/saved'),
      )
    )
      await drop()
  }
  return (
    <Conflict role="alert">
      {say('record/edit/cameLate', {
        field: say(`shell/typed/${field as EditedField}`),
        mine: mine ?? '–',
        theirs: theirs || '–',
      })}{' '}
      <Button size="small" onClick={() => void once(drop)}>
        {say('record/edit/takeTheirs')}
      </Button>
      <Button size="small" onClick={() => void once(keep)}>
        {say('record/edit/keepMine')}
      </Button>
    </Conflict>
  )
}
