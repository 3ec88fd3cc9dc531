import {
  BridgeEntered,
  BridgeProof,
  passIdText,
  proofText,
  type BridgeEntry,
  type BridgeHello,
} from '../../protocol/bridge.ts'

/** One entry into the browser host, seen from the window. */
export interface HostEntry {
  /** The first frame: it names the pass and asks the host to prove that it knows it. */
  hello(): Promise<BridgeHello>
  /** The window's own proof, once the host has proved itself; null where this is not the host that gave us the pass. */
  answer(frame: unknown): Promise<BridgeEntry | null>
  /** The pass for next time, where the host has let us in; null where the frame is something else. */
  entered(frame: unknown): string | null
}

/** `port` is the host's port, from which this page came. */
export function createHostEntry(pass: string, port: number): HostEntry {
  const windowNonce = toWord(crypto.getRandomValues(new Uint8Array(32)))
  let hostIsProved = false
  return {
    hello: async () => ({
      verb: 'hello',
      passId: toWord(await crypto.subtle.digest('SHA-256', bytes(passIdText(pass)))),
      nonce: windowNonce,
    }),
    answer: async (frame) => {
      const proof = BridgeProof.safeParse(frame)
      if (!proof.success) return null
      const challenge = { port, windowNonce, hostNonce: proof.data.nonce }
      const key = await crypto.subtle.importKey('raw', bytes(pass), { name: 'HMAC', hash: 'SHA-256' }, false, [
        'sign',
        'verify',
      ])
      hostIsProved = await crypto.subtle.verify(
        'HMAC',
        key,
        fromWord(proof.data.mac),
        bytes(proofText('host', challenge)),
      )
      if (!hostIsProved) return null
      return {
        verb: 'enter',
        mac: toWord(await crypto.subtle.sign('HMAC', key, bytes(proofText('window', challenge)))),
      }
    },
    entered: (frame) => {
      const entered = BridgeEntered.safeParse(frame)
      return hostIsProved && entered.success ? entered.data.secret : null
    },
  }
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** Base64url without padding, as Node writes it. */
const toWord = (value: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(value)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const fromWord = (word: string) =>
  Uint8Array.from(atob(word.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
