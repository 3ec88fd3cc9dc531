import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { resultOf } from '../../protocol/errors.ts'
import { SnapshotManifest } from '../../protocol/wire.ts'
import type { SignedIn } from './workstation-client.ts'

export const bearer = ({ sessionToken }: SignedIn) => ({ authorization: `Bearer ${sessionToken}` })

/** Waits until the server has a snapshot for this user with at least this many bytes, and returns its manifest. */
export async function manifestFor(url: string, who: SignedIn, leastBytes = 0) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await fetch(`${url}/api/snapshot`, { headers: bearer(who) })
    const reply = resultOf(SnapshotManifest).parse(await response.json())
    if (reply.ok && reply.value.bytes >= leastBytes) return reply.value
    if (!reply.ok) expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    await pause(100)
  }
  throw new Error('no snapshot became ready')
}

/**
 * Starts a download that stops as soon as the buffers of its connection are full. `whole` resolves to whether all of
 * the file arrived.
 */
export async function beginDownload(
  url: string,
  who: SignedIn,
  id: string,
): Promise<{ readonly goOn: () => void; readonly whole: Promise<boolean> }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/api/snapshot/${id}`, { headers: bearer(who) }, resolve).once('error', reject)
  })
  response.once('error', () => undefined).pause()
  return {
    goOn: () => {
      response.resume()
    },
    whole: new Promise((resolve) => {
      response.once('close', () => {
        resolve(response.complete)
      })
    }),
  }
}
