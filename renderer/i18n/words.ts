import { call as callEn } from '../../resources/words/en/call.ts'
import { errors as errorsEn } from '../../resources/words/en/errors.ts'
import { reasons as reasonsEn } from '../../resources/words/en/reasons.ts'
import { record as recordEn } from '../../resources/words/en/record.ts'
import { shell as shellEn } from '../../resources/words/en/shell.ts'
import { work as workEn } from '../../resources/words/en/work.ts'
import { call as callZh } from '../../resources/words/zh/call.ts'
import { errors as errorsZh } from '../../resources/words/zh/errors.ts'
import { reasons as reasonsZh } from '../../resources/words/zh/reasons.ts'
import { record as recordZh } from '../../resources/words/zh/record.ts'
import { shell as shellZh } from '../../resources/words/zh/shell.ts'
import { work as workZh } from '../../resources/words/zh/work.ts'

/** The singular form of a text with `{count}`: Chinese has no such form, and no code asks for it by its key. */
type FormForOne = `${string}_one`

type Same<T> = { readonly [K in keyof T as Exclude<K, FormForOne>]: T[K] extends string ? string : Same<T[K]> }

const en = { shell: shellEn, call: callEn, record: recordEn, work: workEn, errors: errorsEn, reasons: reasonsEn }
const zh: Same<typeof en> = {
  shell: shellZh,
  call: callZh,
  record: recordZh,
  work: workZh,
  errors: errorsZh,
  reasons: reasonsZh,
}

/** Every text that a user reads, in each language, under the same keys. */
export const words: { readonly en: typeof en; readonly zh: Same<typeof en> } = { en, zh }

type Paths<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Paths<T[K], `${Prefix}${K}/`>
}[keyof T & string]

/** A key of the language files: `record/tier/top`. */
export type WordKey = Exclude<Paths<typeof en>, FormForOne>
