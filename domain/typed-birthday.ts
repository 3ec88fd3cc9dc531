import { Birthday } from '../protocol/scalars.ts'

/**
 * The birthday that somebody typed, in the form that a row keeps: `1980-03-12`, `1980/3/12`, `1980.3.12`, `1980年3月12日`,
 * and without the year `3-12`, `--03-12`, `3月12日`. Year, month and day have to be in this order. Null: the text cannot
 * be read, or the calendar has no such day.
 */
export function typedBirthday(text: string): string | null {
  const parts = /^(?:(\d{4})\s*[-/.年]\s*|--)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(
    text.trim().normalize('NFKC'),
  )
  if (!parts) return null
  const day = `${parts[1] ?? '-'}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return Birthday.safeParse(day).success ? day : null
}
