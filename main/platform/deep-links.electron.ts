import { app } from 'electron'

/**
 * `ringside:` links and second starts: all of them arrive as arguments for `calls/deep-link.ts`. False: another
 * instance runs and has been told; this one must end.
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
