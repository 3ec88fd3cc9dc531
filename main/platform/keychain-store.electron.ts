import { readFile, rename, writeFile } from 'node:fs/promises'
import { safeStorage } from 'electron'
import { createFileSecretStore } from '../secrets/file-secret-store.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

/**
 * The files' key in a file that only the operating system's keychain opens. Where the machine has no keychain (or only
 * one that keeps plain text) it is a file as in the browser host, and the screens say so.
 */
export function createKeychainStore(path: string, plainPath: string): SecretStore {
  const plain = !safeStorage.isEncryptionAvailable() || (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
  if (plain) return createFileSecretStore(plainPath)
  return {
    kind: 'keychain',
    load: async () => {
      try {
        return safeStorage.decryptString(await readFile(path))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    save: async (secret) => {
      await writeFile(`${path}.new`, safeStorage.encryptString(secret), { mode: 0o600, flush: true })
      await rename(`${path}.new`, path)
    },
  }
}
