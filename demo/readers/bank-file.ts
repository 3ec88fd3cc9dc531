import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { BankCall } from './bank-call.ts'

const FIRST_DAY = Date.UTC(1999, 1, 1)

const seconds = (clock: string): number => {
  const [h = 0, m = 0, s = 0] = clock.split(':').map(Number)
  return h * 3600 + m * 60 + s
}

/** Reads the "Anonymous Bank" call file, one tab-separated line a call, by the names in its header. */
export async function* readBankCalls(path: string): AsyncGenerator<BankCall> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity })
  let header: string[] | null = null
  for await (const line of lines) {
    const cells = line.split('\t')
    if (!header) {
      header = cells
      continue
    }
    const cell = (name: string): string => cells[header!.indexOf(name)] ?? ''
    const date = cell('date')
    if (!/^\d{6}$/.test(date)) continue
    const at = Date.UTC(1900 + Number(date.slice(0, 2)), Number(date.slice(2, 4)) - 1, Number(date.slice(4, 6)))
    const server = cell('server')
    yield {
      id: Number(cell('call_id')), customer: Number(cell('customer_id')), priority: Number(cell('priority')), type: cell('type'),
      day: Math.round((at - FIRST_DAY) / 86_400_000), entrySecond: seconds(cell('vru_entry')), menuSeconds: Number(cell('vru_time')),
      queueSeconds: Number(cell('q_time')), outcome: cell('outcome') as BankCall['outcome'], serviceSeconds: Number(cell('ser_time')),
      server: server === 'NO_SERVER' || server === '' ? null : server,
    }
  }
}
