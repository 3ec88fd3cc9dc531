import type { z } from 'zod'
import { entities, entityNames, type EntityName } from '../../protocol/entities.ts'

/** How a field is stored: `json` as text, `boolean` as 0 or 1, the others unchanged. */
export type ColumnKind = 'text' | 'integer' | 'boolean' | 'json'
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  readonly nullable: boolean
}

interface Definition {
  type: string
  innerType?: { def: Definition }
}

function columnOf(name: string, schema: z.ZodType): Column {
  let definition = schema.def as unknown as Definition
  let nullable = false
  while ((definition.type === 'nullable' || definition.type === 'default') && definition.innerType) {
    nullable ||= definition.type === 'nullable'
    definition = definition.innerType.def
  }
  switch (definition.type) {
    case 'string':
    case 'enum':
      return { name, kind: 'text', nullable }
    case 'number':
      return { name, kind: 'integer', nullable }
    case 'boolean':
      return { name, kind: 'boolean', nullable }
    case 'array':
    case 'object':
      return { name, kind: 'json', nullable }
    default:
      throw new Error(`The field "${name}" is a zod ${definition.type}: say in db/schema/columns.ts how it is kept.`)
  }
}

/** The columns of an entity's table, in the order of its schema. The entity's schema is their only definition. */
export const columnsOf = Object.fromEntries(
  entityNames.map((entity) => [
    entity,
    Object.entries(entities[entity].schema.shape).map(([name, schema]) => columnOf(name, schema as z.ZodType)),
  ]),
) as unknown as Record<EntityName, readonly Column[]>
