/** What this page knows that lets it into the browser host. */
export interface HostPass {
  /** What to try, the best first. Another window may have changed it meanwhile. */
  all(): readonly string[]
  /** What the host gave for the next time. */
  keep(secret: string): void
  /** Calls back when there is something new to show: an address pasted into this window, or another window that was let in. */
  onNew(listener: () => void): void
}

/** The storage is the origin's own, port included: no other page of this machine reads it. */
const KEPT_AS = 'ringside.host'

/** Takes the pass out of the address at once, so that it is in no history, screenshot or bookmark, and remembers what it was given for it. */
export function createHostPass(page: Pick<Window, 'location' | 'history' | 'localStorage' | 'addEventListener'>): HostPass {
  const takeFromAddress = (): string | null => {
    const [, pass] = /^#(?:token|code)=([\w-]{43})$/.exec(page.location.hash) ?? []
    if (pass === undefined) return null
    page.history.replaceState(null, '', page.location.pathname + page.location.search)
    return pass
  }
  let shown = takeFromAddress()

  return {
    // None is thrown away for having been refused: whoever refused it need not have been the host.
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
