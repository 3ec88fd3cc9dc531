import { readFile, rename, writeFile } from 'node:fs/promises'
import type { SecretStore } from './secret-store.ts'

/** Keeps a secret in a file that only its owner may read, for machines without a keychain. */
export function createFileSecretStore(path: string): SecretStore {
  return {
    kind: 'file',
    path,
    load: async () => {
      try {
        return (await readFile(path, 'utf8')).trim()
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    save: async (secret) => {
      await writeFile(`${path}.new`, `${secret}\n`, { mode: 0o600, flush: true })
      await rename(`${path}.new`, path)
    },
  }
}
