import type { CustomerEntity } from '../../domain/commands/define.ts'
import { internationalNumber } from '../../domain/numbers/international-number.ts'
import type { Customer, Row } from '../../protocol/entities.ts'
import { RECORD_LIST_LIMIT, type ContactPerson } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { readOfCustomer, readRow } from '../rows/store.ts'
import { tables } from '../schema/tables.ts'
import { lastContactSql } from './last-contact.ts'

/**
 * An organisation and the people who call for it are one buyer: orders, debts and quotes mostly belong to the
 * organisation, conversations and preferences to its people. So the record of a person holds that person's rows and the
 * organisation's, and the record of an organisation holds its own rows and its people's. What one person said is not in
 * a colleague's record. Only prices are shared by all: a price that one of them was told counts as told to all. A row's
 * `customerId` says whose it is.
 */
export interface Buyer {
  readonly customer: Customer
  /** For a person who calls for an organisation: that organisation. */
  readonly organisation: Customer | null
  /** For an organisation: its people, up to `RECORD_LIST_LIMIT`. The person whom we spoke to last comes first. */
  readonly contacts: readonly ContactPerson[]
}

/** A customer with the other customers who are the same buyer. */
export const buyerOf = (db: ReadableDb, customer: Customer): Buyer => ({
  customer,
  organisation: customer.organisationId ? readRow(db, 'customer', customer.organisationId) : null,
  contacts: customer.kind === 'organisation' ? contactsOf(db, customer.id) : [],
})

/** The newest rows that the record shows beside the customer's own, newest first, up to `RECORD_LIST_LIMIT`. */
export function readOfOthers<E extends CustomerEntity>(
  db: ReadableDb,
  entity: E,
  { organisation, contacts }: Buyer,
): Row<E>[] {
  if (organisation) return readOfCustomer(db, entity, organisation.id, RECORD_LIST_LIMIT)
  if (contacts.length === 0) return []
  return db.all<AnyRow>(ofSeveralSql[entity], idsOf(contacts)).map((stored) => decodeRow(entity, stored))
}

/** Customer ids for an SQL statement that reads them with `json_each`. */
export const idsOf = (customers: readonly { readonly customerId: string }[]): string =>
  JSON.stringify(customers.map(({ customerId }) => customerId))

/**
 * All customers who count as told when one of a buyer is told a price: the organisation and all its people, or the
 * customer alone.
 */
export function toldTogether(
  db: ReadableDb,
  customerId: CustomerId,
): { readonly id: CustomerId; readonly displayName: string; readonly nativeName: string | null }[] {
  return db.all(
    `WITH "head" AS (SELECT coalesce("organisationId", "id") AS "id" FROM "customer" WHERE "id" = ?)
     SELECT "id", "displayName", "nativeName" FROM "customer" WHERE "id" = ? OR "id" = (SELECT "id" FROM "head")
     UNION SELECT "id", "displayName", "nativeName" FROM "customer" WHERE "organisationId" = (SELECT "id" FROM "head")`,
    customerId,
    customerId,
  )
}

const contactsOf = (db: ReadableDb, organisationId: CustomerId): ContactPerson[] =>
  db
    .all<Omit<ContactPerson, 'shownPhone'> & { e164: string | null }>(contactsSql, organisationId)
    .map(({ e164, ...contact }) => ({
      ...contact,
      shownPhone: e164 === null ? contact.phone : internationalNumber(e164),
    }))

const preferredPhone = (what: string): string =>
  `(SELECT ${what} FROM "contactPoint" p WHERE p."customerId" = c."id" AND p."kind" = 'phone' AND p."invalid" = 0 ORDER BY p."preferred" DESC, p."id" LIMIT 1)`
const contactsSql = `SELECT c."id" AS "customerId", c."number", c."displayName", c."nativeName", ${preferredPhone('p."e164"')} AS "e164", ${preferredPhone('coalesce(p."e164", p."raw")')} AS "phone",
     ${lastContactSql('c."id"')} AS "lastContactAt"
   FROM (SELECT "id", "number", "displayName", "nativeName" FROM "customer" WHERE "organisationId" = ? ORDER BY "id" DESC LIMIT ${RECORD_LIST_LIMIT}) c
   ORDER BY "lastContactAt" DESC, c."displayName", c."id"`

const ofSeveralSql = Object.fromEntries(
  Object.values(tables)
    .filter((table) => table.hasCustomer)
    .map((table) => [
      table.entity,
      `SELECT ${codecs[table.entity].select} FROM ${table.name} WHERE "customerId" IN (SELECT "value" FROM json_each(?))
   ORDER BY ${table.time ? `"${table.time}" DESC, ` : ''}"id" DESC LIMIT ${RECORD_LIST_LIMIT}`,
    ]),
) as Record<CustomerEntity, string>
