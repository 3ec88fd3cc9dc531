/**
 * Checks the given address of the server. Passwords and whole records go over it, so plain HTTP is only allowed on this
 * machine; a site whose network is protected in another way sets `RINGSIDE_PLAIN_HTTP=1`. Throws a sentence that says
 * what to do.
 */
export function centerUrl(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const url = given === undefined || !URL.canParse(given) ? null : new URL(given)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error('Say which server: --server https://HOST')
  const here = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !here && environment['RINGSIDE_PLAIN_HTTP'] !== '1') {
    throw new Error(
      `${url.origin} would send passwords and customers in the clear. Use https://, or set RINGSIDE_PLAIN_HTTP=1 where the network itself is closed.`,
    )
  }
  return url.origin
}
