import type { z } from 'zod'

/**
 * Reads a fact that the journal remembers as JSON; null where there is none or its text is damaged, because a damaged
 * fact must not prevent a start.
 */
export function readRemembered<T>(text: string | undefined, schema: z.ZodType<T>): T | null {
  if (!text) return null
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
