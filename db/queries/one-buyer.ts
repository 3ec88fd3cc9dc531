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

/**
 * An organisation and the people who call for it are one buyer: orders, debts and quotes mostly belong to the
 * organisation, words and tastes to its people. So the record of a person holds their own rows and the organisation's;
 * the record of an organisation holds its own and its people's. What one of the people said is not in a colleague's
 * record. Only prices are everybody's: what one of them was told, all were told. Whose a row is, its `customerId` says.
 */
export interface Buyer {
  readonly customer: Customer
  /** Of a person who calls for one. */
  readonly organisation: Customer | null
  /** Of an organisation, the newest `RECORD_LIST_LIMIT`; who was spoken to last comes first. */
  readonly contacts: readonly ContactPerson[]
}

/** A customer with those who are the same buyer. */
export const buyerOf = (db: ReadableDb, customer: Customer): Buyer => ({
  customer,
  organisation: customer.organisationId ? readRow(db, 'customer', customer.organisationId) : null,
  contacts: customer.kind === 'organisation' ? contactsOf(db, customer.id) : [],
})

/** The newest rows of those whose rows stand beside the customer's own, newest first, up to `RECORD_LIST_LIMIT`. */
export function readOfOthers<E extends CustomerEntity>(db: ReadableDb, entity: E, { organisation, contacts }: Buyer): Row<E>[] {
  if (organisation) return readOfCustomer(db, entity, organisation.id, RECORD_LIST_LIMIT)
  if (contacts.length === 0) return []
  return db.all<AnyRow>(ofSeveralSql[entity], idsOf(contacts)).map((stored) => decodeRow(entity, stored))
}

/** Customer ids for an SQL that reads them with `json_each`. */
export const idsOf = (customers: readonly { readonly customerId: string }[]): string => JSON.stringify(customers.map(({ customerId }) => customerId))

/** Everybody who was told what one of a buyer was told: the organisation and all its people, or the customer alone. */
export function toldTogether(db: ReadableDb, customerId: CustomerId): { readonly id: CustomerId; readonly displayName: string; readonly nativeName: string | null }[] {
  return db.all(
    `WITH "head" AS (SELECT coalesce("organisationId", "id") AS "id" FROM "customer" WHERE "id" = ?)
     SELECT "id", "displayName", "nativeName" FROM "customer" WHERE "id" = ? OR "id" = (SELECT "id" FROM "head")
     UNION SELECT "id", "displayName", "nativeName" FROM "customer" WHERE "organisationId" = (SELECT "id" FROM "head")`, customerId, customerId)
}

const contactsOf = (db: ReadableDb, organisationId: CustomerId): ContactPerson[] =>
  db.all<Omit<ContactPerson, 'shownPhone'> & { e164: string | null }>(contactsSql, organisationId)
    .map(({ e164, ...contact }) => ({ ...contact, shownPhone: e164 === null ? contact.phone : internationalNumber(e164) }))

const preferredPhone = (what: string): string =>
  `(SELECT ${what} FROM "contactPoint" p WHERE p."customerId" = c."id" AND p."kind" = 'phone' AND p."invalid" = 0 ORDER BY p."preferred" DESC, p."id" LIMIT 1)`
const contactsSql =
  `SELECT c."id" AS "customerId", c."number", c."displayName", c."nativeName", ${preferredPhone('p."e164"')} AS "e164", ${preferredPhone('coalesce(p."e164", p."raw")')} AS "phone",
     (SELECT max(i."startedAt") FROM "interaction" i WHERE i."customerId" = c."id") AS "lastContactAt"
   FROM (SELECT "id", "number", "displayName", "nativeName" FROM "customer" WHERE "organisationId" = ? ORDER BY "id" DESC LIMIT ${RECORD_LIST_LIMIT}) c
   ORDER BY "lastContactAt" DESC, c."displayName", c."id"`

const ofSeveralSql = Object.fromEntries(Object.values(tables).filter((table) => table.hasCustomer).map((table) => [
  table.entity,
  `SELECT ${codecs[table.entity].select} FROM ${table.name} WHERE "customerId" IN (SELECT "value" FROM json_each(?))
   ORDER BY ${table.time ? `"${table.time}" DESC, ` : ''}"id" DESC LIMIT ${RECORD_LIST_LIMIT}`,
])) as Record<CustomerEntity, string>
