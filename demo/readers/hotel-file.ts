import { parse } from 'csv-parse'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Booking } from './booking.ts'

const FIRST_DAY = Date.UTC(2015, 6, 1)
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** Reads the hotel booking demand file (32 columns). `NA` children count as none. */
export async function* readHotel(path: string): AsyncGenerator<Booking> {
  const rows = createReadStream(path).pipe(createGunzip()).pipe(parse({ columns: true }))
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const at = Date.UTC(Number(row.arrival_date_year), months.indexOf(row.arrival_date_month ?? ''), Number(row.arrival_date_day_of_month))
    yield {
      arrivalDay: Math.round((at - FIRST_DAY) / 86_400_000),
      nights: Number(row.stays_in_weekend_nights) + Number(row.stays_in_week_nights),
      leadDays: Number(row.lead_time), adults: Number(row.adults), children: (Number(row.children) || 0) + (Number(row.babies) || 0),
      meal: row.meal ?? 'BB', country: row.country ?? 'PRT', segment: row.market_segment ?? 'Direct',
      repeatGuest: row.is_repeated_guest === '1', reservedRoom: row.reserved_room_type ?? 'A', assignedRoom: row.assigned_room_type ?? 'A',
      specialRequests: Number(row.total_of_special_requests), parking: Number(row.required_car_parking_spaces),
      rateCents: Math.round(Number(row.adr) * 100), status: row.reservation_status as Booking['status'],
    }
  }
}
