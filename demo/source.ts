import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { generateBankCalls } from './generate/bank-calls.ts'
import { generateBookings } from './generate/bookings.ts'
import { generatePurchases } from './generate/purchases.ts'
import type { BankCall } from './readers/bank-call.ts'
import { readBankCalls } from './readers/bank-file.ts'
import type { Booking } from './readers/booking.ts'
import { readCdnow } from './readers/cdnow-file.ts'
import { readHotel } from './readers/hotel-file.ts'
import type { Purchase } from './readers/purchase.ts'

/** The data that a demo is made of: purchases, bookings and calls, real or generated. */
export interface DemoSource {
  readonly origin: 'published data' | 'generated'
  readonly purchases: readonly Purchase[]
  readonly bookings: readonly Booking[]
  readonly calls: readonly BankCall[]
}

export const dataFiles = {
  purchases: 'cdnow-orders.txt.gz',
  bookings: 'hotel-bookings.csv.gz',
  calls: 'bank-calls-1999-02.tsv.gz',
} as const

/** The files of the published data sets that `folder` lacks. */
export const missingDataFiles = (folder: string): string[] =>
  Object.values(dataFiles).filter((file) => !existsSync(join(folder, file)))

/** Reads the three published data sets from a folder. Rejects with the path when a file cannot be read. */
export async function readSource(folder: string): Promise<DemoSource> {
  const [purchases, bookings, calls] = await Promise.all([
    Array.fromAsync(readCdnow(join(folder, dataFiles.purchases))),
    Array.fromAsync(readHotel(join(folder, dataFiles.bookings))),
    Array.fromAsync(readBankCalls(join(folder, dataFiles.calls))),
  ])
  return { origin: 'published data', purchases, bookings, calls }
}

/** A source of the same shape and size, from a seed. */
export const generateSource = (seed: string): DemoSource => ({
  origin: 'generated',
  purchases: generatePurchases(seed),
  bookings: generateBookings(seed),
  calls: generateBankCalls(seed),
})
