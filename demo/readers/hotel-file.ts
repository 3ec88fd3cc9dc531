import { parse } from 'csv-parse'
import type { Booking } from './booking.ts'
import { asDataFileError, atLeastOne, badLine, numberIn, unzipped } from './data-file.ts'

const FIRST_DAY = Date.UTC(2015, 6, 1)
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const STATUSES: readonly (string | undefined)[] = ['Check-Out', 'Canceled', 'No-Show'] satisfies Booking['status'][]

/** Reads the hotel booking demand file (32 columns). `NA` for children counts as none. Throws a DataFileError. */
export const readHotel = (path: string): AsyncGenerator<Booking> => atLeastOne(path, bookings(path))

async function* bookings(path: string): AsyncGenerator<Booking> {
  const rows = parse({ columns: true, info: true })
  const contents = unzipped(path)
  contents.on('error', (error) => rows.destroy(error))
  contents.pipe(rows)
  let line = 0
  try {
    for await (const { record, info } of rows as AsyncIterable<{
      record: Record<string, string>
      info: { lines: number }
    }>) {
      line = info.lines
      yield bookingOf(record, path, line)
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code?.startsWith('CSV_')
      ? badLine(path, (error as { lines?: number }).lines ?? line + 1, message.replace(/\.$/, ''))
      : asDataFileError(path, line, error)
  }
}

function bookingOf(row: Record<string, string>, path: string, line: number): Booking {
  const month = months.indexOf(row['arrival_date_month'] ?? '')
  const at = Date.UTC(
    numberIn(row['arrival_date_year']),
    month < 0 ? Number.NaN : month,
    numberIn(row['arrival_date_day_of_month']),
  )
  const booking: Booking = {
    arrivalDay: Math.round((at - FIRST_DAY) / 86_400_000),
    nights: numberIn(row['stays_in_weekend_nights']) + numberIn(row['stays_in_week_nights']),
    leadDays: numberIn(row['lead_time']),
    adults: numberIn(row['adults']),
    children: (Number(row['children']) || 0) + (Number(row['babies']) || 0),
    meal: row['meal'] ?? 'BB',
    country: row['country'] ?? 'PRT',
    segment: row['market_segment'] ?? 'Direct',
    repeatGuest: row['is_repeated_guest'] === '1',
    reservedRoom: row['reserved_room_type'] ?? 'A',
    assignedRoom: row['assigned_room_type'] ?? 'A',
    specialRequests: numberIn(row['total_of_special_requests']),
    parking: numberIn(row['required_car_parking_spaces']),
    rateCents: Math.round(numberIn(row['adr']) * 100),
    status: row['reservation_status'] as Booking['status'],
  }
  const unread =
    Object.entries(booking).find(([, value]) => Number.isNaN(value))?.[0] ??
    (STATUSES.includes(booking.status) ? null : 'status')
  if (unread !== null) throw badLine(path, line, `its ${unread} cannot be read`)
  return booking
}
