import type { Quote } from '../../../protocol/entities.ts'
import { waitsForApproval } from '../../../domain/price-guard.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import type { Words } from '../../i18n/use-words.ts'
import type { Meaning } from '../list-table/State.tsx'
import { personName } from './people.ts'

/**
 * The state of a quote in words. A quote that waits for approval was told to nobody, so it is not shown as waiting for
 * the customer's answer.
 */
export function quoteStanding(
  quote: Pick<Quote, 'status' | 'approval'>,
  { say }: Words,
): { readonly word: string; readonly meaning: Meaning } {
  if (waitsForApproval(quote)) return { word: say('work/approval/waiting'), meaning: 'warning' }
  if (quote.approval === 'refused') return { word: say('record/approval/refused'), meaning: 'warning' }
  return { word: say(`record/quoteStatus/${quote.status}`), meaning: quote.status === 'accepted' ? 'success' : 'plain' }
}

/**
 * Who decided a price below the floor and why: "approved by Zhao Qiang, 10:42: "good customer""; '' where nobody has
 * decided.
 */
export function decisionWords(
  { approval, decidedBy, decidedAt, decisionReason }: Quote,
  people: CustomerRecord['people'],
  now: number,
  { say, formats, language }: Words,
): string {
  if (decidedAt === null) return ''
  const by = say('work/approval/by', {
    standing: say(`record/approval/${approval}`),
    name: personName(people, decidedBy, language),
  })
  return [
    `${by}, ${formats.moment(decidedAt, now)}`,
    decisionReason === null ? '' : say('work/approval/reason', { reason: decisionReason }),
  ]
    .filter(Boolean)
    .join(': ')
}

/** Who recorded the customer's answer and the reason they gave; '' where there is no answer. */
export function answerWords(
  { status, answeredBy, answeredAt, answerReason }: Quote,
  people: CustomerRecord['people'],
  now: number,
  { say, formats, language }: Words,
): string {
  if (answeredAt === null) return ''
  const answered = say('work/quote/answeredBy', {
    status: say(`record/quoteStatus/${status}`),
    name: personName(people, answeredBy, language),
    time: formats.moment(answeredAt, now),
  })
  return [answered, answerReason === null ? '' : say('work/approval/reason', { reason: answerReason })]
    .filter(Boolean)
    .join(': ')
}
