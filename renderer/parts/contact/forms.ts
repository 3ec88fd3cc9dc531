import type { DraftContent } from '../../../protocol/draft.ts'
import type { KeyName } from '../../app/keys.ts'

/** What can be done for a customer beside the note, in the order in which it is offered. */
export const forms = ['price', 'complaint', 'preference'] as const
export type ContactForm = (typeof forms)[number]

export const formTitles = { price: 'record/price/title', complaint: 'record/complaintForm/title', preference: 'record/preferenceForm/title' } as const
export const formKeys = { price: 'price', complaint: 'logComplaint', preference: 'addPreference' } as const satisfies Record<ContactForm, KeyName>

/** Forms with something in them that was never sent. */
export function formsBegun({ quote, complaint, preference }: DraftContent): readonly ContactForm[] {
  const has = {
    price: quote !== null && (quote.price.trim() !== '' || quote.productId !== null),
    complaint: complaint !== null && (complaint.subject + complaint.description).trim() !== '',
    preference: preference !== null && preference.value.trim() !== '',
  }
  return forms.filter((form) => has[form])
}
