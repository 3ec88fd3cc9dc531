import { isOurs } from './origin.ts'

/** What the screens may use of the machine: putting text into the clipboard, and nothing else until something needs it. */
const listed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Whether a page may have a permission, when it asks for it and when it only looks. */
export const mayHavePermission = (permission: string, requestingUrl: string): boolean => listed.has(permission) && isOurs(requestingUrl)
