import type { SecretStore } from './secret-store.ts'

/** The key of the journal, 256 bits in hex; made at the first start. It is on disk before anything is encrypted with it. */
export async function filesKey(store: SecretStore, randomHex: () => string): Promise<string> {
  const known = await store.load()
  if (known !== null) {
    if (!/^[0-9a-f]{64}$/.test(known)) throw new Error('The key of this machine’s files is not whole. Restore it, or move the data folder away to begin anew.')
    return known
  }
  const key = randomHex()
  await store.save(key)
  return key
}
