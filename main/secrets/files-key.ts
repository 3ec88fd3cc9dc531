import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { holdsJournal } from '../../db/journal/presence.ts'
import { KeyError } from './key-error.ts'
import type { SecretStore } from './secret-store.ts'

/**
 * Returns the key of the journal, 256 bits in hex; the first start makes it. The key is on disk before anything is
 * encrypted with it. Throws a KeyError where the key is not whole, or is missing although there are files that need it.
 */
export async function filesKey(store: SecretStore, randomHex: () => string): Promise<string> {
  const known = await store.load()
  if (known !== null) {
    if (!/^[0-9a-f]{64}$/.test(known)) throw new KeyError('KEY_UNUSABLE', store.path)
    return known
  }
  // The desktop program has used this folder and left its key in the keychain, which only that program can open.
  const sealed = `${store.path}.sealed`
  if (existsSync(sealed)) throw new KeyError('KEYCHAIN_CLOSED', sealed)
  if (holdsJournal(dirname(store.path))) throw new KeyError('KEY_MISSING', store.path)
  const key = randomHex()
  await store.save(key)
  return key
}
