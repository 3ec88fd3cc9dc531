import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { passIdText, proofText } from '../../protocol/bridge.ts'

/** The port and the two nonces that both sides use in one entry. */
export type Challenge = Parameters<typeof proofText>[1]

export const passIdOf = (pass: string): string => createHash('sha256').update(passIdText(pass)).digest('base64url')

export const proofOf = (by: 'host' | 'window', pass: string, challenge: Challenge): string =>
  createHmac('sha256', pass).update(proofText(by, challenge)).digest('base64url')

/** Whether `mac` proves that the other side knows the pass. */
export function provesPass(mac: string, by: 'host' | 'window', pass: string, challenge: Challenge): boolean {
  const [given, right] = [mac, proofOf(by, pass, challenge)].map((text) => Buffer.from(text, 'base64url')) as [
    Buffer,
    Buffer,
  ]
  return given.length === right.length && timingSafeEqual(given, right)
}
