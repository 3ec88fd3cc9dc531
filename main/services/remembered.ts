import type { z } from 'zod'

/** A fact that the journal remembers as JSON; null where there is none, or where its text is damaged: no start may end at it. */
export function readRemembered<T>(text: string | undefined, schema: z.ZodType<T>): T | null {
  if (!text) return null
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
