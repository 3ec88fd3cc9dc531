/** What is done when a page wants another window: none is opened, whatever the address. Windows are made by `windows/` alone. */
export const decideNewWindow = (): { action: 'deny' } => ({ action: 'deny' })
