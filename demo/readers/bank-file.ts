import type { BankCall } from './bank-call.ts'
import { atLeastOne, badLine, linesOf, numberIn } from './data-file.ts'

const FIRST_DAY = Date.UTC(1999, 1, 1)
const COLUMNS = [
  'call_id',
  'customer_id',
  'priority',
  'type',
  'date',
  'vru_entry',
  'vru_time',
  'q_time',
  'outcome',
  'ser_time',
  'server',
]
const OUTCOMES: readonly string[] = ['AGENT', 'HANG', 'PHANTOM'] satisfies BankCall['outcome'][]

const seconds = (clock: string): number => {
  const [, h, m, s] = /^(\d+):(\d+):(\d+)$/.exec(clock) ?? []
  return Number(h) * 3600 + Number(m) * 60 + Number(s)
}

/**
 * Reads the "Anonymous Bank" call file: one tab-separated line for each call, with columns named in its header. Throws
 * a DataFileError.
 */
export const readBankCalls = (path: string): AsyncGenerator<BankCall> => atLeastOne(path, calls(path))

async function* calls(path: string): AsyncGenerator<BankCall> {
  let header: string[] | null = null
  for await (const { text, line } of linesOf(path)) {
    const cells = text.split('\t')
    if (!header) {
      const missing = COLUMNS.filter((name) => !cells.includes(name))
      if (missing.length > 0) throw badLine(path, line, `its header lacks ${missing.join(', ')}`)
      header = cells
      continue
    }
    if (text.trim() === '') continue
    const cell = (name: string): string => cells[header!.indexOf(name)] ?? ''
    const date = cell('date')
    const at = /^\d{6}$/.test(date)
      ? Date.UTC(1900 + Number(date.slice(0, 2)), Number(date.slice(2, 4)) - 1, Number(date.slice(4, 6)))
      : Number.NaN
    const server = cell('server')
    const call: BankCall = {
      id: numberIn(cell('call_id')),
      customer: numberIn(cell('customer_id')),
      priority: numberIn(cell('priority')),
      type: cell('type'),
      day: Math.round((at - FIRST_DAY) / 86_400_000),
      entrySecond: seconds(cell('vru_entry')),
      menuSeconds: numberIn(cell('vru_time')),
      queueSeconds: numberIn(cell('q_time')),
      outcome: cell('outcome') as BankCall['outcome'],
      serviceSeconds: numberIn(cell('ser_time')),
      server: server === 'NO_SERVER' || server === '' ? null : server,
    }
    const unread =
      Object.entries(call).find(([, value]) => Number.isNaN(value))?.[0] ??
      (OUTCOMES.includes(call.outcome) ? null : 'outcome')
    if (unread !== null) throw badLine(path, line, `its ${unread} cannot be read`)
    yield call
  }
}
