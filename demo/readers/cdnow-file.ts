import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Purchase } from './purchase.ts'

const FIRST_DAY = Date.UTC(1997, 0, 1)

/** Reads the CDNOW master file: customer, date, number of CDs, dollar value in columns; its one header line is passed over. */
export async function* readCdnow(path: string): AsyncGenerator<Purchase> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity })
  for await (const line of lines) {
    const [customer, date, units, dollars] = line.trim().split(/\s+/)
    if (!customer || !/^\d+$/.test(customer) || !/^\d{8}$/.test(date ?? '')) continue
    const at = Date.UTC(Number(date!.slice(0, 4)), Number(date!.slice(4, 6)) - 1, Number(date!.slice(6, 8)))
    yield { customer: Number(customer), day: Math.round((at - FIRST_DAY) / 86_400_000), units: Number(units), cents: Math.round(Number(dollars) * 100) }
  }
}
