/** What this page shows the browser host to be let in. */
export interface HostPass {
  /** The best there is; null: nothing, or all was refused. */
  current(): string | null
  /** It was of no use and is not shown again. */
  refused(pass: string): void
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
    current: () => shown ?? page.localStorage.getItem(KEPT_AS),
    refused: (pass) => {
      if (shown === pass) shown = null
      // Another window may have put a better one there.
      if (page.localStorage.getItem(KEPT_AS) === pass) page.localStorage.removeItem(KEPT_AS)
    },
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
