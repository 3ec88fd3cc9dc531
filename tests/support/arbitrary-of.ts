import fc from 'fast-check'
import { z } from 'zod'

type Json = Readonly<Record<string, unknown>>

const DEEPEST = 6

/**
 * Values that fit a schema of the wire: every value that JSON can express, and unusual ones more often than chance
 * would give them.
 */
export const fitting = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  of(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), 0)

function of(schema: Json, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  const options = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (options) return fc.oneof(...options.map((option) => of(option, depth)))
  switch (schema['type']) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(
        fc.integer({
          min: Math.max(Number(schema['minimum'] ?? -1e9), -1e9),
          max: Math.min(Number(schema['maximum'] ?? 1e9), 1e9),
        }),
        fc.constant(Number(schema['minimum'] ?? 0)),
      )
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'string':
      return text(schema)
    case 'array':
      return fc.array(of((schema['items'] ?? {}) as Json, depth + 1), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.max(Number(schema['minItems'] ?? 0), 3),
      })
    case 'object':
      return object(schema, depth)
    default:
      return fc.jsonValue({ maxDepth: Math.max(0, DEEPEST - depth) > 2 ? 2 : 0 })
  }
}

function object(schema: Json, depth: number): fc.Arbitrary<unknown> {
  const properties = schema['properties'] as Readonly<Record<string, Json>> | undefined
  if (!properties)
    return fc.dictionary(
      fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'),
      of((schema['additionalProperties'] || {}) as Json, depth + 1),
      { maxKeys: 3 },
    )
  const required = new Set((schema['required'] ?? []) as string[])
  return fc.record(Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, of(one, depth + 1)])), {
    requiredKeys: [...required] as never,
  })
}

function text(schema: Json): fc.Arbitrary<string> {
  const pattern = schema['pattern'] as string | undefined
  if (schema['format'] === 'uuid') return fc.uuid()
  if (schema['format'] === 'date')
    return fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  const maxLength = Math.min(Number(schema['maxLength'] ?? 60), 60)
  return fc.oneof(
    fc.string({ minLength: Number(schema['minLength'] ?? 0), maxLength, unit: 'binary' }),
    fc.constant('\u0000 \u{1f4a9} ﷽'.slice(0, maxLength)),
  )
}

const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  '\u0000',
  'x'.repeat(5000),
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: 1 },
]

/** Values that nearly fit a schema: one thing in them is different, missing or too much. Some may fit all the same. */
export const nearly = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fitting(schema),
      fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('other', 'missing', 'more'),
      fc.constantFrom(...odd),
    )
    .map(([value, way, how, other]) => spoiled(structuredClone(value), way, how, other))

function spoiled(value: unknown, way: readonly number[], how: 'other' | 'missing' | 'more', other: unknown): unknown {
  if (typeof value !== 'object' || value === null || way.length === 0) return other
  const branch = value as Record<string, unknown>
  const keys = Object.keys(branch)
  const [turn = 0, ...rest] = way
  const key = keys[turn % Math.max(1, keys.length)]
  if (key === undefined || (rest.length === 0 && how === 'more')) branch['surplus'] = other
  else if (rest.length === 0 && how === 'missing') delete branch[key]
  else branch[key] = spoiled(branch[key], rest, how, other)
  return branch
}
