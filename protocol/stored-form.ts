import { z } from 'zod'

/**
 * The form of rows that are read: the same fields of the same types as `schema`, without its bounds. A row that an
 * older version or an import wrote may lie outside of today's bounds, and it must not keep other rows from being read.
 */
export const storedForm = <S extends z.ZodType>(schema: S): z.ZodType<z.infer<S>> =>
  unbounded(schema) as z.ZodType<z.infer<S>>

function unbounded(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodNullable) return unbounded(schema.unwrap() as z.ZodType).nullable()
  if (schema instanceof z.ZodDefault) return unbounded(schema.unwrap() as z.ZodType).default(schema.def.defaultValue)
  if (schema instanceof z.ZodObject)
    return z.strictObject(
      Object.fromEntries(Object.entries(schema.shape).map(([field, one]) => [field, unbounded(one as z.ZodType)])),
    )
  if (schema instanceof z.ZodArray) return z.array(unbounded(schema.element as z.ZodType))
  if (schema instanceof z.ZodNumber) return z.number()
  // Ids keep their form: they are keys, and nobody types them.
  if (schema instanceof z.ZodUUID) return schema
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return z.string()
  return schema
}
