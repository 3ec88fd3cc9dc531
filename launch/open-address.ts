import { spawn } from 'node:child_process'

/** Opens an address in the default browser. Nothing happens where there is no screen: the address is printed in any case. */
function openAddress(address: string): void {
  if (process.env.CI || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)) return
  const [command, args] = process.platform === 'darwin' ? ['open', [address]] as const : process.platform === 'win32' ? ['cmd', ['/c', 'start', '', address]] as const : ['xdg-open', [address]] as const
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

/** What a browser host says over its channel: an address with a code that opens once, so that it may stand in a command line. */
export function openWhatHostSays(message: unknown, moved: (address: string) => string = (address) => address): void {
  const address = typeof message === 'object' && message !== null && 'open' in message ? message.open : null
  if (typeof address === 'string') openAddress(moved(address))
}
