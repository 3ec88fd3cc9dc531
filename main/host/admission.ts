import { timingSafeEqual, createHash } from 'node:crypto'

/** What of a request decides whether it comes from the screens that this host itself served. */
export interface Knock {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

/** The cookie's name holds the port, because cookies do not keep ports of one machine apart. */
export const cookieName = (port: number) => `ringside-${port}`

/**
 * The token travels once, in the query of the address that is opened, and is then kept in a cookie that no script can
 * read (`HttpOnly`) and no other site can make the browser send (`SameSite=Strict`).
 */
export const tokenCookie = (token: string, port: number) => `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`

export const sameToken = (given: string, token: string) =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(token).digest())

const hostsOf = (port: number) => [`127.0.0.1:${port}`, `localhost:${port}`]

/** Another name that points here (DNS rebinding) is not us. */
export const hostFits = (knock: Knock, port: number) => knock.host !== undefined && hostsOf(port).includes(knock.host.toLowerCase())

/** Only a page of ours may open the bridge; a browser always says where a page is from. */
export const originFits = (knock: Knock, port: number) =>
  knock.origin !== undefined && hostsOf(port).map((host) => `http://${host}`).includes(knock.origin.toLowerCase()) && knock.origin.toLowerCase() === `http://${knock.host?.toLowerCase()}`

export function tokenFits(knock: Knock, port: number, token: string): boolean {
  const name = `${cookieName(port)}=`
  const given = knock.cookie?.split(';').map((part) => part.trim()).find((part) => part.startsWith(name))
  return given !== undefined && sameToken(given.slice(name.length), token)
}
