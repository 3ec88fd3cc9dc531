import type { Credit } from '../../../protocol/record.ts'
import type { Words } from '../../i18n/use-words.ts'

/**
 * Says how much of a credit is used: "credit A, ¥12,400 of ¥50,000"; null where nothing was agreed and nothing is owed.
 * What is owed in another currency is added, with the remark that it does not count towards the limit: "+ €1,200 not in
 * the limit".
 */
export function creditWords(
  { grade, limitMinor, usedMinor, currency, others }: Credit,
  { say, formats }: Words,
): string | null {
  const used = formats.moneyPlain(usedMinor, currency)
  const beside = others
    .filter((other) => other.usedMinor !== 0)
    .map((other) => formats.moneyPlain(other.usedMinor, other.currency))
  if (limitMinor !== null) {
    const standing = say(grade ? 'record/credit' : 'record/creditNoGrade', {
      grade: grade ?? '',
      used,
      limit: formats.moneyPlain(limitMinor, currency),
    })
    return beside.length === 0 ? standing : say('record/creditBeside', { standing, others: beside.join(' + ') })
  }
  const owed = [...(usedMinor > 0 ? [used] : []), ...beside]
  return owed.length > 0 ? say('record/creditOwes', { used: owed.join(' + ') }) : null
}

/** Says what is past its due date, for each currency: "¥3,200.00 + €40.00"; null where nothing is. */
export function overdueWords({ overdueMinor, currency, others }: Credit, { formats }: Words): string | null {
  const overdue = [{ overdueMinor, currency }, ...others].filter((sum) => sum.overdueMinor > 0)
  return overdue.length > 0 ? overdue.map((sum) => formats.money(sum.overdueMinor, sum.currency)).join(' + ') : null
}
