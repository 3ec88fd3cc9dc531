import type { ContactForm } from '../../../domain/unfinished-forms.ts'
import type { KeyName } from '../../app/keys.ts'

export const formTitles = {
  price: 'record/price/title',
  complaint: 'record/complaintForm/title',
  preference: 'record/preferenceForm/title',
} as const
export const formKeys = {
  price: 'price',
  complaint: 'logComplaint',
  preference: 'addPreference',
} as const satisfies Record<ContactForm, KeyName>
