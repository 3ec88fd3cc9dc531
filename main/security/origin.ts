/** The origin that serves the screens in Electron; no other address is ours. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'ringside'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/**
 * Whether an address is one of our own screens. `new URL` returns no origin for a custom scheme, so the parts are
 * compared.
 */
export function isOurs(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address)
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
  } catch {
    return false
  }
}
