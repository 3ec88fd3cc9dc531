import { eraseCustomer } from '../server/erasure/erase-customer.ts'
import { listErasures, type ConcernedDevice } from '../server/erasure/list-erasures.ts'
import type { Pool } from '../server/db/connect.ts'
import { sentence } from '../protocol/errors.ts'

type Say = (line: string) => void

/** Erases the customer with an account number. Without `sure` it only prints who that is and how to go on. */
export async function eraseByNumber(
  pool: Pool,
  order: { number: string; reason: string; sure: boolean },
  say: Say,
): Promise<void> {
  const { number, reason, sure } = order
  const { rows } = await pool.query<{ id: string; name: string; notes: number; orders: number; quotes: number }>(
    `select c.id, c.display_name as name, (select count(*) from interaction where customer_id = c.id) as notes,
       (select count(*) from sales_order where customer_id = c.id) as orders, (select count(*) from quote where customer_id = c.id) as quotes
     from customer c where c.number = $1 or c.id::text = $1`,
    [number],
  )
  const [customer] = rows
  if (!customer)
    throw new Error(`There is no customer ${number}. The account number stands in the record's first lines.`)
  if (rows.length > 1)
    throw new Error(
      `${rows.length} customers have the number ${number}. Name one by its id: ${rows.map(({ id }) => id).join(', ')}`,
    )
  if (!sure) {
    say(
      `${customer.name} would be erased everywhere and for good: ${customer.notes} contacts, ${customer.orders} orders, ${customer.quotes} quotes and all else of theirs.`,
    )
    say('Nothing was done. To do it, say the same with --sure.')
    return
  }
  const erased = await eraseCustomer(pool, {
    customerId: customer.id,
    reason: reason.trim(),
    by: null,
    now: Date.now(),
  })
  if (!erased.ok) throw new Error(sentence(erased.error))
  say(
    `Erased on the server, as ${erased.value.erasureId}. Workstations follow on their own; erase --list shows which have.`,
  )
}

/** Prints all erasures, with the devices that have confirmed them and those that have not yet. */
export async function printErasures(pool: Pool, say: Say): Promise<void> {
  const erasures = await listErasures(pool)
  if (erasures.length === 0) say('Nobody was erased here.')
  for (const { erasureId, customerId, erasedAt, erasedBy, reason, counts, devices } of erasures) {
    const owing = devices.filter(({ confirmedAt }) => confirmedAt === null).length
    say(`${time(erasedAt)}  ${erasureId}  customer ${customerId}  by ${erasedBy ?? 'the operator'}: ${reason}`)
    say(
      `  gone: ${Object.entries(counts)
        .map(([entity, count]) => `${entity} ${count}`)
        .join(', ')}`,
    )
    say(`  ${devices.length - owing} of ${devices.length} devices have confirmed`)
    for (const device of devices) say(`  ${deviceLine(device)}`)
  }
}

function deviceLine({ label, deviceId, confirmedAt, setAside, seenAt }: ConcernedDevice): string {
  const state = confirmedAt === null ? `owing, last seen ${time(seenAt)}` : `confirmed ${time(confirmedAt)}`
  const byHand =
    setAside > 0
      ? `; ${setAside} damaged journal${setAside > 1 ? 's' : ''} set aside there must be removed by hand`
      : ''
  return `  ${label} (${deviceId}) ${state}${byHand}`
}

const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
