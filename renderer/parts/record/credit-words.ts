import type { Credit } from '../../../protocol/record.ts'
import type { Words } from '../../i18n/use-words.ts'

/** How a credit stands, "credit A, ¥12,400 of ¥50,000"; null where nothing was agreed and nothing is owed. */
export function creditWords({ grade, limitMinor, usedMinor, currency }: Credit, { say, formats }: Words): string | null {
  const used = formats.moneyPlain(usedMinor, currency)
  if (limitMinor !== null) return say(grade ? 'record/credit' : 'record/creditNoGrade', { grade: grade ?? '', used, limit: formats.moneyPlain(limitMinor, currency) })
  return usedMinor > 0 ? say('record/creditOwes', { used }) : null
}
