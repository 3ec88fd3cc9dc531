import type { DraftContent } from '../protocol/draft.ts'

/** The forms of a draft that create something for a customer. */
export const contactForms = ['price', 'complaint', 'preference'] as const
export type ContactForm = (typeof contactForms)[number]

/** The forms for a customer that hold something that was never sent. */
export function unfinishedForms({ quote, complaint, preference }: DraftContent): readonly ContactForm[] {
  const has = {
    price: quote ? hasText(quote.price, quote.reason) || quote.productId !== null : false,
    complaint: complaint ? hasText(complaint.subject, complaint.description) : false,
    preference: preference ? hasText(preference.value) : false,
  }
  return contactForms.filter((form) => has[form])
}

/** Whether the user began to write down a new customer. The number is filled in automatically and does not count. */
export const captureBegun = ({ capture }: DraftContent): boolean =>
  capture !== null && hasText(capture.name, capture.nativeName, capture.company, capture.city)

const hasText = (...texts: readonly string[]): boolean => texts.some((text) => text.trim() !== '')
