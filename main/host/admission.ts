/** What of a request decides whether it comes from the screens that this host itself served. */
export interface Knock {
  readonly host: string | undefined
  readonly origin: string | undefined
}

/** Not `localhost`: that can be another address of this machine (::1) too, where somebody else may listen on the same port. */
const hostsOf = (port: number) => [`127.0.0.1:${port}`]

/** Another name that points here (DNS rebinding) is not us. */
export const hostFits = (knock: Knock, port: number) => knock.host !== undefined && hostsOf(port).includes(knock.host.toLowerCase())

/** Only a page of ours may open the bridge; a browser always says where a page is from. */
export const originFits = (knock: Knock, port: number) =>
  knock.origin !== undefined && hostsOf(port).map((host) => `http://${host}`).includes(knock.origin.toLowerCase()) && knock.origin.toLowerCase() === `http://${knock.host?.toLowerCase()}`
