/**
 * Decides what happens when a page asks for another window: none is opened, whatever the address. Only `windows/` makes
 * windows.
 */
export const decideNewWindow = (): { action: 'deny' } => ({ action: 'deny' })
