import { may } from '../../domain/permissions.ts'
import { isBlank } from '../../domain/visible-text.ts'
import { refuse, type Result } from '../../protocol/errors.ts'
import type { Erased } from '../../protocol/wire.ts'
import type { User } from '../../protocol/entities.ts'
import type { ReasonName } from '../../protocol/reasons.ts'
import { mayHave, scopesOf } from '../auth/visible.ts'
import type { Pool } from '../db/connect.ts'
import { readRow } from '../db/rows.ts'
import { confirmErasures, erasuresFor } from './device-erasures.ts'
import { eraseCustomer } from './erase-customer.ts'

/** Answers the requests of workstations about erasures. */
export interface ErasureDesk {
  erase(
    user: User,
    order: { readonly customerId: string; readonly reason: string },
  ): Promise<Result<{ erasureId: string }>>
  /** The erasures after `after` that concern a device. None where `epoch` is not the epoch of this database. */
  after(deviceId: string, place: { readonly epoch: string; readonly after: number }): Promise<Erased[]>
  confirm(
    deviceId: string,
    receipt: { readonly erasureIds: readonly string[]; readonly setAside: number },
  ): Promise<void>
}

export const createErasureDesk = ({
  pool,
  now,
  onErased,
}: {
  pool: Pool
  now: () => number
  onErased: () => void
}): ErasureDesk => ({
  erase: async (user, { customerId, reason }) => {
    if (!may(user.role, 'customer.erase')) return refuse('NOT_ALLOWED')
    if (isBlank(reason)) return refuse('BAD_ARGUMENT', { field: 'reason', problem: 'blank' satisfies ReasonName })
    const customer = await readRow(pool, 'customer', customerId)
    if (customer && !mayHave(scopesOf(user), customer.scope)) return refuse('CUSTOMER_UNKNOWN')
    const erased = await eraseCustomer(pool, { customerId, reason, by: user.id, now: now() })
    if (erased.ok) onErased()
    return erased
  },
  after: (deviceId, place) => erasuresFor(pool, deviceId, place),
  confirm: (deviceId, receipt) => confirmErasures(pool, deviceId, receipt, now()),
})
