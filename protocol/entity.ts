import { z } from 'zod'
import { storedForm } from './stored-form.ts'
import { Scope } from './scalars.ts'

/**
 * Fields that every row has. `version` counts the server's writes of this row; it is 0 while only this workstation
 * knows the row.
 */
export const rowFields = { version: z.int().min(0), scope: Scope } as const

/**
 * How a table is laid out. History is clustered by customer and time, so that the rows of one customer lie together.
 */
export type Clustering = { readonly by: 'id' } | { readonly by: 'customer'; readonly time: string }

/**
 * One entity of the record: its name on the wire, its zod schema (which defines what may be written), the form in which
 * rows are read, and its clustering.
 */
export function defineEntity<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  clustering: Clustering,
  shape: Shape,
) {
  const schema = z.strictObject({ ...shape, ...rowFields })
  return { name, clustering, schema, stored: storedForm(schema) }
}
