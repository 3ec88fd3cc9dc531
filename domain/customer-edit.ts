import type { CommandArgs } from '../protocol/commands.ts'
import type { DraftContent } from '../protocol/draft.ts'
import type { Customer } from '../protocol/entities.ts'
import type { Refusal } from '../protocol/errors.ts'
import { LONG_TEXT, SHORT_TEXT } from '../protocol/scalars.ts'
import { typedBirthday } from './typed-birthday.ts'

/** The fields of a customer that an agent may change, in the order of the form. */
export const editedFields = ['displayName', 'nativeName', 'city', 'birthday', 'remark'] as const
export type EditedField = (typeof editedFields)[number]
export type Edit = NonNullable<DraftContent['edit']>

/** A customer's data as the form shows them. */
export const editOf = (customer: Customer): Readonly<Record<EditedField, string>> => ({
  displayName: customer.displayName,
  nativeName: customer.nativeName ?? '',
  city: customer.city ?? '',
  birthday: customer.birthday ?? '',
  remark: customer.remark ?? '',
})

/** Whether the user changed a field of the customer in the form, or typed a number. */
export const editBegun = ({ edit }: Pick<DraftContent, 'edit'>): boolean =>
  Boolean(edit && (edit.phone.trim() !== '' || editedFields.some((field) => edit[field].trim() !== edit.was[field])))

/**
 * The fields that a colleague changed to a different value while the user was editing them here: the user has to choose
 * one of the two values.
 */
export const editConflicts = (edit: Edit, customer: Customer): readonly EditedField[] => {
  const now = editOf(customer)
  return editedFields.filter(
    (field) =>
      edit[field].trim() !== edit.was[field] && now[field] !== edit.was[field] && now[field] !== edit[field].trim(),
  )
}

// Tabs and line breaks are allowed in the remark only, and invisible characters are not allowed in a name.
const unwanted = { line: /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u, text: /[^\P{Cc}\t\n\r]/u }

/** Why a field cannot be saved as it was typed, or null. */
export function editProblem(field: EditedField, typed: string): Refusal | null {
  const text = typed.trim()
  const limit = field === 'remark' ? LONG_TEXT : SHORT_TEXT
  if (text.length > limit) return { code: 'TEXT_TOO_LONG', params: { field, limit, over: text.length - limit } }
  if (field === 'displayName' && text === '') return { code: 'NAME_MISSING', params: {} }
  if ((field === 'remark' ? unwanted.text : unwanted.line).test(text))
    return { code: 'BAD_ARGUMENT', params: { field, problem: 'unkeptCharacter' } }
  if (field === 'birthday' && text !== '' && typedBirthday(text) === null)
    return { code: 'BAD_ARGUMENT', params: { field, problem: 'unreadable' } }
  return null
}

/** One command for each field, so that each field merges or conflicts on its own. */
export function editCommands(customerId: Customer['id'], edit: Edit): readonly CommandArgs<'customer.change'>[] {
  return editedFields
    .filter((field) => edit[field].trim() !== edit.was[field])
    .map((field) => ({
      customerId,
      was: { [field]: valueOf(field, edit.was[field]) },
      now: { [field]: valueOf(field, edit[field]) },
    }))
}

function valueOf(field: EditedField, typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  return field === 'birthday' ? typedBirthday(text) : text
}
