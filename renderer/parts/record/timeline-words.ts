import { isLocalCall } from '../../../domain/local-calls.ts'
import { isMissedContact } from '../../../domain/missed-contact.ts'
import type { Task } from '../../../protocol/entities.ts'
import type { CustomerRecord, TimelineEntry } from '../../../protocol/record.ts'
import type { Words } from '../../i18n/use-words.ts'
import { productName } from './product-name.ts'
import { personName } from './people.ts'
import { answerWords, decisionWords, quoteStanding } from './quote-words.ts'

/** One entry of the timeline in words: its line, its text, who it was, and the amount on the right. */
export interface EntryWords {
  readonly line: string
  readonly text: string
  readonly who: string
  readonly amount: string
}

/** The quantity of a price; a quantity of one is not written. */
export const times = (quantity: number): string => (quantity === 1 ? '' : `${quantity} × `)

/** An entry in words. */
export function entryWords(
  entry: TimelineEntry,
  { people, products }: Pick<CustomerRecord, 'people' | 'products'>,
  words: Words,
  now: number,
): EntryWords {
  const { say, formats, language } = words
  const who = (userId: string | null): string => personName(people, userId, language)
  switch (entry.kind) {
    case 'interaction': {
      const { row } = entry
      const facts = [
        say(`record/contact/${row.channel}/${row.direction}`),
        // Only a workstation knows of this call; no telephone system reported it.
        row.callId !== null && isLocalCall(row.callId) ? say('call/local') : '',
        isMissedContact(row) ? say('call/missed') : '',
        row.matter === null ? '' : say(`call/matters/${row.matter}`),
        row.outcome === null ? '' : say(`call/outcomes/${row.outcome}`),
        isMissedContact(row) && row.waitMs !== null ? say('call/waited', { time: formats.duration(row.waitMs) }) : '',
        row.talkMs === null ? '' : formats.duration(row.talkMs),
      ]
      return { line: facts.filter((fact) => fact !== '').join(' · '), text: row.note, who: who(row.userId), amount: '' }
    }
    case 'order':
      return {
        line: `${entry.row.number} ${say(`record/orderStatus/${entry.row.status}`)}`,
        who: '',
        text: entry.row.lines
          .map((l) => `${l.quantity} × ${productName(l, products, language)}`)
          .slice(0, 3)
          .join(', '),
        amount: formats.money(entry.row.totalMinor, entry.row.currency),
      }
    case 'shipment':
      return {
        line: `${entry.row.carrier} ${entry.row.trackingNumber} · ${say(`record/shipmentStatus/${entry.row.status}`)}`,
        text: '',
        who: '',
        amount: '',
      }
    case 'orderReturn':
      return {
        line: say(`record/returnStatus/${entry.row.status}`),
        text: entry.row.reason,
        who: '',
        amount: formats.money(entry.row.refundMinor, entry.row.currency),
      }
    case 'invoice':
      return {
        line: `${entry.row.number} ${say(`record/invoiceStatus/${entry.row.status}`)}`,
        text: '',
        who: '',
        amount: formats.money(entry.row.totalMinor, entry.row.currency),
      }
    case 'payment':
      return {
        line: say(`record/method/${entry.row.method}`),
        text: '',
        who: '',
        amount: formats.money(entry.row.amountMinor, entry.row.currency),
      }
    case 'quote': {
      const { row } = entry
      const lines = row.lines.map(
        (l) =>
          `${times(l.quantity)}${l.sku} ${productName(l, products, language)} ${formats.money(l.unitPriceMinor, row.currency)} (${say('record/listAndFloor', { list: formats.money(l.listPriceMinor, row.currency), floor: formats.money(l.floorPriceMinor, row.currency) })})`,
      )
      return {
        line: `${row.number ?? ''} ${quoteStanding(row, words).word} · ${lines[0] ?? ''}`,
        who: who(row.issuedBy),
        amount: formats.money(row.totalMinor, row.currency),
        text: [lines.slice(1).join(', '), decisionWords(row, people, now, words), answerWords(row, people, now, words)]
          .filter(Boolean)
          .join('\n'),
      }
    }
    case 'complaint':
      return {
        line: `${entry.row.number ?? ''} ${entry.row.subject}`,
        text: `${say(`record/department/${entry.row.department}`)} · ${say(`record/step/${entry.row.step}`)}`,
        who: who(entry.row.openedBy),
        amount: '',
      }
    case 'stay': {
      const { row } = entry
      return {
        line: `${row.roomTypeAssigned ?? row.roomTypeReserved}${row.room === null ? '' : ` · ${row.room}`} · ${formats.date(row.arriveOn)} – ${formats.date(row.departOn)} · ${say(`record/stayStatus/${row.status}`)}`,
        text: row.specialRequests.join(', '),
        who: '',
        amount: formats.money(row.dailyRateMinor, row.currency),
      }
    }
    case 'task': {
      const { kind, title, detail, ownerUserId, dueAt } = entry.row
      const ended = endedWords(entry.row, people, words, now)
      // A callback's title is the beginning of its note, so do not show it twice.
      const repeats = title !== '' && detail.startsWith(title.replace(/\s*…$/u, ''))
      return {
        line: [say(`record/taskKind/${kind}`), formats.exact(dueAt), repeats ? '' : title].filter(Boolean).join(' · '),
        text: [detail, ended].filter(Boolean).join('\n'),
        who: who(ownerUserId),
        amount: '',
      }
    }
    default:
      return unhandled(entry)
  }
}

/** How a task ended, when and by whom; '' while it is open and nobody has changed it. */
function endedWords(
  { status, doneAt, doneBy, dropReason, changedBy, changedAt }: Task,
  people: CustomerRecord['people'],
  { say, formats, language }: Words,
  now: number,
): string {
  const who = (by: string | null, at: number): string =>
    [personName(people, by, language), formats.moment(at, now)].filter(Boolean).join(', ')
  if (status !== 'open' && doneAt !== null)
    return [`${say(`work/task/status/${status}`)}: ${who(doneBy, doneAt)}`, dropReason ?? '']
      .filter(Boolean)
      .join(' · ')
  return changedAt === null ? '' : say('work/task/changed', { who: who(changedBy, changedAt) })
}

function unhandled(entry: never): never {
  throw new Error(`unhandled timeline entry ${String((entry as { kind?: unknown }).kind)}`)
}
