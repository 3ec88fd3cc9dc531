import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import type { ErrorCode, Refusal } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'

/**
 * Rows a command wants to see: one by id, all of an entity that belong to a customer, or the quote that last told a
 * customer's buyer a product's price.
 */
export type RowRef =
  | { readonly entity: EntityName; readonly id: string }
  | { readonly entity: CustomerEntity; readonly customerId: CustomerId }
  | { readonly entity: 'quote'; readonly toldTo: CustomerId; readonly productId: string }

/** Entities whose rows belong to a customer. */
export type CustomerEntity = Exclude<EntityName, 'user' | 'line' | 'product' | 'productCost' | 'customer'>

export const one = (entity: EntityName, id: string): RowRef => ({ entity, id })
export const allOf = (entity: CustomerEntity, customerId: CustomerId): RowRef => ({ entity, customerId })
export const lastTold = (toldTo: CustomerId, productId: string): RowRef => ({ entity: 'quote', toldTo, productId })

/** The rows that were read. Asking for a row that `reads` did not name is a programming error and throws. */
export interface Rows {
  get<E extends EntityName>(entity: E, id: string): Row<E> | null
  ofCustomer<E extends CustomerEntity>(entity: E, customerId: CustomerId): readonly Row<E>[]
  /**
   * The newest quote that names a price for a product to this customer, to their organisation or to anybody else who
   * calls for it, and that still says something (`saysNothing` in `../price-guard.ts`).
   */
  lastTold(customerId: CustomerId, productId: string): Quote | null
}

/** Who acts and when; the only ways in for time and numbering, so that an effect is pure. */
export interface CommandContext {
  /** `team` null: at a workstation, whose screens offer only what somebody may do; the center knows it and decides. */
  readonly actor: { readonly userId: UserId; readonly role: Role; readonly team: string | null }
  /** Instant in ms. */
  readonly at: number
  /** The site's IANA zone: working days are counted in it. */
  readonly timeZone: string
  /** The site's: what a customer deals in of whom nothing else is known. */
  readonly currency: string
  /** A number people read out, from the server's counter; null on the workstation, where the row shows as new. */
  issueNumber(series: NumberSeries): string | null
}

/** Whether a rule runs for good. A workstation may hold a part of the record only: what it does not find is no reason to refuse there. */
export const isAtServer = ({ actor }: CommandContext): boolean => actor.team !== null

export type NumberSeries = 'customer' | 'quote' | 'complaint'

/** A whole row as it is to be; its version is given by who stores it. */
export type RowUpsert = { [E in EntityName]: { readonly entity: E; readonly row: Omit<Row<E>, 'version'> } }[EntityName]

/** What a command does, or why it does not: `refused` the person must change it, `parked` a person must decide. */
export type Effect =
  | {
      readonly kind: 'changes'
      readonly changes: readonly RowUpsert[]
      /** Set when it was not done to the letter: the outcome is `altered` and says why. */
      readonly remark?: Refusal
    }
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'parked'; readonly error: Refusal }

export interface CommandDefinition<C extends CommandName> {
  readonly name: C
  reads(args: CommandArgs<C>): readonly RowRef[]
  /** Rows that only those of `reads` can name; given to the effect beside them. */
  alsoReads?(rows: Rows, args: CommandArgs<C>): readonly RowRef[]
  effect(rows: Rows, args: CommandArgs<C>, context: CommandContext): Effect
}

/** A command's rule, written once: run at once on the workstation and for good on the server. */
export function defineCommand<C extends CommandName>(
  name: C,
  rule: Omit<CommandDefinition<C>, 'name'>,
): CommandDefinition<C> {
  return { name, ...rule }
}

export const changes = (...upserts: RowUpsert[]): Effect => ({ kind: 'changes', changes: upserts })
export const upsert = <E extends EntityName>(entity: E, row: Omit<Row<E>, 'version'>): RowUpsert =>
  ({ entity, row }) as unknown as RowUpsert
export const refused = (code: ErrorCode, params: Refusal['params'] = {}): Effect => ({ kind: 'refused', error: { code, params } })
export const parked = (code: ErrorCode, params: Refusal['params'] = {}): Effect => ({ kind: 'parked', error: { code, params } })

/** For a value that cannot be used, and why. */
export const unusable = (field: string, problem: ReasonName): Effect => refused('BAD_ARGUMENT', { field, problem })

/** For an id that was to be new and is the id of something else. */
export const taken = (field: string): Effect => unusable(field, 'taken')
