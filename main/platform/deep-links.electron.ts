import { app } from 'electron'

/**
 * Takes `ringside:` links and second starts of the program; both arrive as arguments for `calls/deep-link.ts`. Returns
 * false where another instance runs: it has been told, and this one must end.
 */
export function takeDeepLinks(onArguments: (args: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.setAsDefaultProtocolClient('ringside')
  app.on('second-instance', (_event, argv) => onArguments(argv))
  // macOS hands links over as events.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    onArguments([url])
  })
  return true
}
