import { spawn } from 'node:child_process'

/** Opens an address in the default browser. Nothing happens where there is no screen: the address is printed in any case. */
export function openAddress(address: string): void {
  if (process.env.CI || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)) return
  const [command, args] = process.platform === 'darwin' ? ['open', [address]] as const : process.platform === 'win32' ? ['cmd', ['/c', 'start', '', address]] as const : ['xdg-open', [address]] as const
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}
