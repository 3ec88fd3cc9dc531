import type { CommandName } from '../../protocol/commands.ts'
import type { NumberSeries } from '../../domain/commands/define.ts'
import type { Queryable } from '../db/connect.ts'

/**
 * The series that a command's effect may take numbers from. A rule is pure and cannot wait, so the numbers are taken
 * before it runs; gaps are fine.
 */
const seriesOf: Partial<Record<CommandName, NumberSeries>> = {
  'customer.capture': 'customer',
  'quote.issue': 'quote',
  'complaint.log': 'complaint',
}

const series = {
  customer: { sequence: 'customer_numbers', prefix: 'K', table: 'customer' },
  quote: { sequence: 'quote_numbers', prefix: 'Q', table: 'quote' },
  complaint: { sequence: 'complaint_numbers', prefix: 'C', table: 'complaint' },
} as const satisfies Record<NumberSeries, { sequence: string; prefix: string; table: string }>

/** Takes at most `count` numbers that this command may use. A rule that asks for more has an error. */
export async function reserveNumbers(
  db: Queryable,
  name: CommandName,
  count: number,
): Promise<(asked: NumberSeries) => string> {
  const reserved = seriesOf[name]
  const left: string[] = []
  if (reserved) {
    const { rows } = await db.query<{ next: number }>({
      name: `next.${reserved}`,
      text: `select nextval('${series[reserved].sequence}') as next from generate_series(1, $1)`,
      values: [count],
    })
    left.push(...rows.map(({ next }) => `${series[reserved].prefix}-${next}`))
  }
  return (asked) => {
    const number = asked === reserved ? left.shift() : undefined
    if (number === undefined) throw new Error(`${name} asks for a number of ${asked} that was not reserved`)
    return number
  }
}

/** After a bulk load: makes every series continue above the highest number in use. */
export async function continueNumbers(db: Queryable): Promise<void> {
  for (const { sequence, prefix, table } of Object.values(series)) {
    await db.query(
      `select setval('${sequence}', greatest((select last_value from ${sequence}),
         (select coalesce(max(substring(number from $1)::bigint), 0) from ${table} where number ~ $1)))`,
      [`^${prefix}-(\\d{1,15})$`],
    )
  }
}
