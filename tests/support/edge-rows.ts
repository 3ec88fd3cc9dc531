import { z } from 'zod'
import { entities, entityNames, type EntityName, type Row } from '../../protocol/entities.ts'
import { Birthday, CalendarDate, CallId, Country, Currency, E164 } from '../../protocol/scalars.ts'
import { entityExamples } from './entity-examples.ts'

type AnyRow = Record<string, unknown>

/**
 * Unusual texts: an empty one, direction marks, an emoji of several parts, half of a surrogate pair, other scripts,
 * markup.
 */
const texts = [
  '',
  '\u202Eevil\u202C \u200F',
  '👩‍👩‍👧‍👦',
  'half \uD83D of a pair',
  '\u0000\u0007\u001B[31m',
  'مرحبا بالعالم',
  '{name} {{x}} <b>&amp;',
  '\n\n\t',
  '李伟',
  '\u200B',
]

/** Edge values of text fields that have a format. */
const formed: readonly (readonly [schema: z.ZodType, values: readonly string[]])[] = [
  [CalendarDate, ['1900-01-01', '2200-01-01', '2024-02-29']],
  [Birthday, ['--02-29', '--12-31', '1900-01-01', '2199-12-31', '2024-02-29']],
  [Currency, ['XXX', 'ZZZ', 'JPY', 'KWD', 'IDR']],
  [Country, ['ZZ', 'CN', 'AA']],
  [E164, ['+10000', '+999999999999999', '+8613800138000']],
  [CallId, ['c', 'x'.repeat(128)]],
]

/**
 * Every edge of a field: the ends of its range of numbers or lengths, each value of an enumeration, and null if it may
 * be null.
 */
function edgesOf(schema: z.ZodType, example: unknown): readonly unknown[] {
  if (schema instanceof z.ZodNullable) return [null, ...edgesOf(schema.unwrap() as z.ZodType, example)]
  if (schema instanceof z.ZodDefault) return edgesOf(schema.unwrap() as z.ZodType, example)
  if (schema instanceof z.ZodObject) return rowsOf(schema, (example ?? {}) as AnyRow)
  if (schema instanceof z.ZodEnum) return schema.options
  if (schema instanceof z.ZodBoolean) return [true, false]
  if (schema instanceof z.ZodNumber)
    return [
      ...new Set([schema.minValue ?? Number.MIN_SAFE_INTEGER, schema.maxValue ?? Number.MAX_SAFE_INTEGER, 0, 1]),
    ].filter((value) => schema.safeParse(value).success)
  if (schema instanceof z.ZodUUID) return [example]
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType
    const items = edgesOf(element, (example as unknown[])[0])
    return [[], items.slice(0, 20), [items.at(-1)]].filter((value) => schema.safeParse(value).success)
  }
  const own = formed.find(([one]) => one === schema)?.[1]
  const longest =
    schema instanceof z.ZodString && schema.maxLength !== null
      ? ['W'.repeat(schema.maxLength), '汉'.repeat(schema.maxLength)]
      : []
  const fitting = [...(own ?? [...texts, ...longest])].filter((value) => schema.safeParse(value).success)
  return fitting.length > 0 ? fitting : [example]
}

/**
 * Objects that together hold every edge of every field. Neighbouring fields take their edges in different orders, so
 * that edges of different fields also meet.
 */
function rowsOf(schema: z.ZodObject, example: AnyRow): AnyRow[] {
  const fields = Object.entries(schema.shape).map(
    ([field, one]) => [field, edgesOf(one as z.ZodType, example[field])] as const,
  )
  const most = Math.max(...fields.map(([, edges]) => edges.length))
  return Array.from({ length: most }, (_, n) =>
    Object.fromEntries(
      fields.map(([field, edges], place) => [field, edges[(n + (n < edges.length ? 0 : place)) % edges.length]]),
    ),
  )
}

/** Rows of an entity at the edges of its schema, each with its own id. */
export function edgeRows<E extends EntityName>(entity: E): Row<E>[] {
  const { schema } = entities[entity]
  return rowsOf(schema as unknown as z.ZodObject, entityExamples[entity]() as AnyRow).map(
    (row) => schema.parse({ ...row, id: crypto.randomUUID(), version: 1, scope: 'org' }) as Row<E>,
  )
}

/** Values that no program writes today, but that rows from elsewhere may hold. */
const strays: Readonly<Record<string, readonly unknown[]>> = {
  number: [8.64e15, -8.64e15, 9e15, -9e15, Number.MAX_SAFE_INTEGER, 1.5],
  text: ['', 'x'.repeat(30_000), '2026-02-31', '0000-00-00', '--13-45', 'no date', '人民币'],
}

/**
 * Rows as an older version or an import may have written them: no program writes them today, and every program must be
 * able to read them.
 */
export function strayRows<E extends EntityName>(entity: E): Row<E>[] {
  const { schema, stored } = entities[entity]
  const example = entityExamples[entity]() as AnyRow
  const stray = (one: z.ZodType, was: unknown, n: number): unknown => {
    if (one instanceof z.ZodNullable || one instanceof z.ZodDefault) return stray(one.unwrap() as z.ZodType, was, n)
    if (one instanceof z.ZodNumber) return strays['number']![n % strays['number']!.length]
    if (one instanceof z.ZodUUID) return was
    if (one instanceof z.ZodArray) return (was as unknown[]).map((item) => stray(one.element as z.ZodType, item, n))
    if (one instanceof z.ZodObject) return was === null ? was : strayObject(one, was as AnyRow, n)
    if (one instanceof z.ZodEnum || one instanceof z.ZodBoolean) return was
    return strays['text']![n % strays['text']!.length]
  }
  const strayObject = (of: z.ZodObject, was: AnyRow, n: number): AnyRow =>
    Object.fromEntries(Object.entries(of.shape).map(([field, one]) => [field, stray(one as z.ZodType, was[field], n)]))
  return Array.from(
    { length: 7 },
    (_, n) =>
      stored.parse({
        ...strayObject(schema as unknown as z.ZodObject, example, n),
        id: crypto.randomUUID(),
        version: 1,
        scope: 'org',
      }) as Row<E>,
  )
}

export type RowsOfAll = { readonly [E in EntityName]: Row<E>[] }

/**
 * Rows of every entity as one site may have them. Each customer has some, and the first customer has all. `make`
 * returns the rows of an entity.
 */
export function siteOf(make: <E extends EntityName>(entity: E) => Row<E>[]): RowsOfAll {
  const all = Object.fromEntries(entityNames.map((entity) => [entity, make(entity)])) as unknown as Record<
    EntityName,
    AnyRow[]
  >
  const customers = all.customer
  const user = all.user[0]!['id']
  for (const row of customers) row['organisationId'] = null
  // The second customer calls for the third, which is an organisation.
  Object.assign(customers[1]!, { organisationId: customers[2]!['id'] })
  Object.assign(customers[2]!, { kind: 'organisation' })
  for (const entity of entityNames) {
    if (entity === 'customer' || !('customerId' in entities[entity].schema.shape)) continue
    const own = all[entity]
    all[entity] = [
      ...own.map((row, n) => ({ ...row, customerId: customers[n % customers.length]!['id'] })),
      ...own.map((row) => ({ ...row, id: crypto.randomUUID(), customerId: customers[0]!['id'] })),
    ]
    for (const row of all[entity])
      if (row['ownerUserId'] !== undefined && row['ownerUserId'] !== null) row['ownerUserId'] = user
  }
  const products = all.product.map((row) => row['id'])
  for (const row of [...all.quote, ...all.order])
    for (const [n, line] of (row['lines'] as AnyRow[]).entries()) line['productId'] = products[n % products.length]
  return all as unknown as RowsOfAll
}
