import { isOurs } from './origin.ts'

/**
 * What the screens may use of the machine: writing text to the clipboard, and nothing else until something needs it.
 */
const listed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Whether a page may have a permission, both when it asks for it and when it only checks. */
export const mayHavePermission = (permission: string, requestingUrl: string): boolean =>
  listed.has(permission) && isOurs(requestingUrl)
