import { atLeastOne, badLine, linesOf } from './data-file.ts'
import type { Purchase } from './purchase.ts'

const FIRST_DAY = Date.UTC(1997, 0, 1)

/**
 * Reads the CDNOW master file: customer, date, number of CDs and dollar value in columns. Its single header line is
 * skipped. Throws a DataFileError.
 */
export const readCdnow = (path: string): AsyncGenerator<Purchase> => atLeastOne(path, purchases(path))

async function* purchases(path: string): AsyncGenerator<Purchase> {
  for await (const { text, line } of linesOf(path)) {
    if (line === 1 || text.trim() === '') continue
    const [, customer, year, month, day, units, dollars] =
      /^\s*(\d+)\s+(\d{4})(\d\d)(\d\d)\s+(\d+)\s+(\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
    if (!customer) throw badLine(path, line, 'it is not customer, date, number of CDs and dollar value')
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
    yield {
      customer: Number(customer),
      day: Math.round((at - FIRST_DAY) / 86_400_000),
      units: Number(units),
      cents: Math.round(Number(dollars) * 100),
    }
  }
}
