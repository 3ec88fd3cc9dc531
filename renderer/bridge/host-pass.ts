/** The pass that lets this page into the browser host. */
export interface HostPass {
  /** The passes to try, the best first. Another window may have changed the stored one meanwhile. */
  all(): readonly string[]
  /** Keeps the pass that the host gave for the next time. */
  keep(secret: string): void
  /**
   * Calls `listener` when there is a new pass to try: an address was pasted into this window, or another window was let
   * in.
   */
  onNew(listener: () => void): void
}

/** The storage belongs to this origin, port included: no other page of this machine can read it. */
const KEPT_AS = 'ringside.host'

/**
 * Removes the pass from the address at once, so that it is in no history, screenshot or bookmark, and remembers the
 * pass that the host gave in exchange.
 */
export function createHostPass(
  page: Pick<Window, 'location' | 'history' | 'localStorage' | 'addEventListener'>,
): HostPass {
  const takeFromAddress = (): string | null => {
    const [, pass] = /^#(?:token|code)=([\w-]{43})$/.exec(page.location.hash) ?? []
    if (pass === undefined) return null
    page.history.replaceState(null, '', page.location.pathname + page.location.search)
    return pass
  }
  let shown = takeFromAddress()

  return {
    // A refused pass is not thrown away: the program that refused it may not have been the host.
    all: () => [...new Set([shown, page.localStorage.getItem(KEPT_AS)])].filter((pass) => pass !== null),
    keep: (secret) => {
      shown = null
      page.localStorage.setItem(KEPT_AS, secret)
    },
    onNew: (listener) => {
      page.addEventListener('hashchange', () => {
        const pass = takeFromAddress()
        if (pass === null) return
        shown = pass
        listener()
      })
      page.addEventListener('storage', (event) => {
        if (event.key === KEPT_AS && event.newValue !== null) listener()
      })
    },
  }
}
