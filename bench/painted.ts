import type { Page } from '@playwright/test'

/** A pop that was painted: when the telephone system said so when the page got it and when the frame with the name was on the screen, all in ms since 1970 on this machine. */
export interface Painted {
  readonly offeredAt: number
  /** When the page had the pop in its hands. */
  readonly arrivedAt: number
  readonly paintedAt: number
}

/**
 * Watches a page for pops: each one's offer is read off the bridge's own frames, and it counts as painted in the task
 * after the animation frame in which its customer's name became the heading.
 */
export async function watchPops(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = window as unknown as { painted: Painted[] }
    seen.painted = []
    const waiting = new Map<string, { offeredAt: number; arrivedAt: number }>()
    const Native = window.WebSocket
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', (event: MessageEvent<string>) => {
          if (!event.data.startsWith('{"kind":"event"')) return
          const message = JSON.parse(event.data) as { name: string; payload: { desk: { call: { offeredAt: number } }; record: { customer: { displayName: string } } | null } }
          if (message.name === 'pop' && message.payload.record) waiting.set(message.payload.record.customer.displayName, { offeredAt: message.payload.desk.call.offeredAt, arrivedAt: performance.timeOrigin + performance.now() })
        })
      }
    }
    const look = () => {
      for (const heading of document.querySelectorAll('h1, h2')) {
        for (const [name, times] of waiting) {
          if (!heading.textContent?.startsWith(name)) continue
          waiting.delete(name)
          requestAnimationFrame(() => setTimeout(() => seen.painted.push({ ...times, paintedAt: performance.timeOrigin + performance.now() })))
        }
      }
    }
    document.addEventListener('DOMContentLoaded', () => new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true }))
  })
}

export const paintedSoFar = (page: Page): Promise<Painted[]> => page.evaluate(() => (window as unknown as { painted: Painted[] }).painted)
