/** The parts of a request that decide whether it comes from the screens that this host served. */
export interface Knock {
  readonly host: string | undefined
  readonly origin: string | undefined
}

/**
 * Not `localhost`: that name can also mean another address of this machine (::1), where another program may listen on
 * the same port.
 */
const hostsOf = (port: number) => [`127.0.0.1:${port}`]

/** A request with another host name that points here (DNS rebinding) is not from our screens. */
export const hostFits = (knock: Knock, port: number) =>
  knock.host !== undefined && hostsOf(port).includes(knock.host.toLowerCase())

/** Only a page of ours may open the bridge; a browser always says which origin a page has. */
export const originFits = (knock: Knock, port: number) =>
  knock.origin !== undefined &&
  hostsOf(port)
    .map((host) => `http://${host}`)
    .includes(knock.origin.toLowerCase()) &&
  knock.origin.toLowerCase() === `http://${knock.host?.toLowerCase()}`
