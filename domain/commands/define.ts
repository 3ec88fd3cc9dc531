import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import type { ErrorCode, Refusal } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'

/**
 * Rows that a command needs: one row by its id, all rows of an entity that belong to a customer, or the quote that last
 * told a customer's buyer the price of a product.
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

/**
 * The rows that were read for a command. Asking for a row that `reads` did not name is a programming error and throws.
 */
export interface Rows {
  get<E extends EntityName>(entity: E, id: string): Row<E> | null
  ofCustomer<E extends CustomerEntity>(entity: E, customerId: CustomerId): readonly Row<E>[]
  /**
   * The newest quote that names a price for a product to this customer, to their organisation, or to any other person
   * who calls for it, and that still counts (`saysNothing` in `../price-guard.ts`).
   */
  lastTold(customerId: CustomerId, productId: string): Quote | null
}

/** The user who acts, and the time. A rule gets time and numbers only from here, so that its effect is pure. */
export interface CommandContext {
  /**
   * `team` null: the rule runs on a workstation, whose screens offer only what the user may do. The server knows the
   * team and decides.
   */
  readonly actor: { readonly userId: UserId; readonly role: Role; readonly team: string | null }
  /** Instant in ms. */
  readonly at: number
  /** The site's IANA time zone, in which working days are counted. */
  readonly timeZone: string
  /** The site's currency, for a customer whose currency is not known. */
  readonly currency: string
  /** A number that people read out, from the server's counter; null on a workstation, where the row is shown as new. */
  issueNumber(series: NumberSeries): string | null
}

/**
 * Whether a rule runs on the server, where its result is final. A workstation may hold only a part of the record, so
 * there a row that it cannot find is no reason to refuse.
 */
export const isAtServer = ({ actor }: CommandContext): boolean => actor.team !== null

export type NumberSeries = 'customer' | 'quote' | 'complaint'

/** A whole row in its new state. The code that stores it sets its version. */
export type RowUpsert = { [E in EntityName]: { readonly entity: E; readonly row: Omit<Row<E>, 'version'> } }[EntityName]

/**
 * What a command changes, or why it changes nothing. `refused`: the user must change the command. `parked`: a person
 * must decide.
 */
export type Effect =
  | {
      readonly kind: 'changes'
      readonly changes: readonly RowUpsert[]
      /** Set when the command was not done exactly as entered: its outcome is then `altered`, with this reason. */
      readonly remark?: Refusal
    }
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'parked'; readonly error: Refusal }

export interface CommandDefinition<C extends CommandName> {
  readonly name: C
  reads(args: CommandArgs<C>): readonly RowRef[]
  /** More rows to read, which are known only after those of `reads` were read. The effect gets both. */
  alsoReads?(rows: Rows, args: CommandArgs<C>): readonly RowRef[]
  effect(rows: Rows, args: CommandArgs<C>, context: CommandContext): Effect
}

/**
 * Defines a command's rule. It is written once and runs twice: at once on the workstation, and for good on the server.
 */
export function defineCommand<C extends CommandName>(
  name: C,
  rule: Omit<CommandDefinition<C>, 'name'>,
): CommandDefinition<C> {
  return { name, ...rule }
}

export const changes = (...upserts: RowUpsert[]): Effect => ({ kind: 'changes', changes: upserts })
export const upsert = <E extends EntityName>(entity: E, row: Omit<Row<E>, 'version'>): RowUpsert =>
  ({ entity, row }) as unknown as RowUpsert
export const refused = (code: ErrorCode, params: Refusal['params'] = {}): Effect => ({
  kind: 'refused',
  error: { code, params },
})
export const parked = (code: ErrorCode, params: Refusal['params'] = {}): Effect => ({
  kind: 'parked',
  error: { code, params },
})

/** The refusal for a value that cannot be used, with the reason. */
export const unusable = (field: string, problem: ReasonName): Effect => refused('BAD_ARGUMENT', { field, problem })

/** The refusal for an id that should be new but already belongs to something else. */
export const taken = (field: string): Effect => unusable(field, 'taken')
