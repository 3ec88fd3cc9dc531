import type { Page } from '@playwright/test'

interface PopSeen {
  readonly desk: {
    readonly call: { readonly callId: string; readonly offeredAt: number }
    readonly match: { readonly candidates?: readonly { readonly displayName: string }[] }
  }
  readonly record: { readonly customer: { readonly displayName: string } } | null
}

/**
 * A screen pop that was painted: when the telephone system reported the call, when the page got the pop, and when the
 * frame with the name was on the screen, all in ms since 1970 on this machine.
 */
export interface Painted {
  readonly offeredAt: number
  /** When the page received the pop. */
  readonly arrivedAt: number
  readonly paintedAt: number
}

interface Watching {
  painted: Painted[]
  paintedAtLeast(count: number): Promise<void>
}

/**
 * Watches a page for screen pops. The time of the offer is read from the bridge's own frames. A pop counts as painted
 * in the task after the animation frame in which its customer's name became the heading or, where several customers
 * match, in which the first of them appeared in the chooser. Only the first pop of a call counts: the next one comes
 * when the agent has picked a customer.
 */
export async function watchPops(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = window as unknown as Watching
    seen.painted = []
    let tell: (() => void) | null = null
    seen.paintedAtLeast = (count) =>
      new Promise((resolve) => {
        tell = () => {
          if (seen.painted.length >= count) resolve()
        }
        tell()
      })
    const calls = new Set<string>()
    const waiting = new Map<string, { offeredAt: number; arrivedAt: number }>()
    const Native = window.WebSocket
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', (event: MessageEvent<string>) => {
          if (!event.data.startsWith('{"kind":"event"')) return
          // This is taken before the page reads the message, because reading it is part of the page's time.
          const arrivedAt = performance.timeOrigin + performance.now()
          const message = JSON.parse(event.data) as { name: string; payload: PopSeen }
          if (message.name !== 'pop') return
          const { desk, record } = message.payload
          const name = (record?.customer ?? desk.match.candidates?.[0])?.displayName
          if (name === undefined || calls.has(desk.call.callId)) return
          calls.add(desk.call.callId)
          waiting.set(name, { offeredAt: desk.call.offeredAt, arrivedAt })
        })
      }
    }
    const look = () => {
      if (waiting.size === 0) return
      for (const place of document.querySelectorAll('h1, main ol button')) {
        for (const [name, times] of waiting) {
          if (!place.textContent?.includes(name)) continue
          waiting.delete(name)
          requestAnimationFrame(() =>
            setTimeout(() => {
              seen.painted.push({ ...times, paintedAt: performance.timeOrigin + performance.now() })
              tell?.()
            }),
          )
        }
      }
    }
    document.addEventListener('DOMContentLoaded', () =>
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true }),
    )
  })
}

export const paintedSoFar = (page: Page): Promise<Painted[]> =>
  page.evaluate(() => (window as unknown as Watching).painted)

/** Waits without polling: asking the page again and again would take time from what is measured. */
export const paintedAtLeast = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (n) =>
      Promise.race([
        (window as unknown as Watching).paintedAtLeast(n),
        new Promise<void>((_, reject) =>
          setTimeout(
            () =>
              reject(new Error(`Only ${(window as unknown as Watching).painted.length} pops of ${n} were painted.`)),
            30_000,
          ),
        ),
      ]),
    count,
  )
