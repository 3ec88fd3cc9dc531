/** Where the screens are served from in Electron; nothing else is ours. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'ringside'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Whether an address is one of our own screens. `new URL` gives a custom scheme no origin, so its parts are compared. */
export function isOurs(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address)
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
  } catch {
    return false
  }
}
