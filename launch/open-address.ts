import { spawn } from 'node:child_process'

/** Opens an address in the default browser. Without a screen it does nothing: the address is printed in any case. */
function openAddress(address: string): void {
  if (process.env.CI || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)) return
  const [command, args] =
    process.platform === 'darwin'
      ? (['open', [address]] as const)
      : process.platform === 'win32'
        ? (['cmd', ['/c', 'start', '', address]] as const)
        : (['xdg-open', [address]] as const)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

/**
 * Handles a message of the browser host: an address with a code that opens only once, so that it may stand in a command
 * line.
 */
export function openWhatHostSays(message: unknown, moved: (address: string) => string = (address) => address): void {
  const address = typeof message === 'object' && message !== null && 'open' in message ? message.open : null
  if (typeof address === 'string') openAddress(moved(address))
}
