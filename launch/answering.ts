import { setTimeout as pause } from 'node:timers/promises'

const READY_MS = 60_000

/** Resolves when the server at `url` answers; rejects with a sentence if it does not answer within a minute. */
export async function answering(url: string): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end; await pause(50)) {
    const reply = await fetch(`${url}/api/health`).catch(() => null)
    if (reply?.ok) return
  }
  throw new Error(`The server does not answer at ${url} after ${READY_MS / 1000} s. Its lines above say more.`)
}
