import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { safeStorage } from 'electron'
import { createFileSecretStore } from '../secrets/file-secret-store.ts'
import { KeyError } from '../secrets/key-error.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

/**
 * Keeps the files' key in a file that only the operating system's keychain can open. Where the machine has no keychain
 * (or only one that keeps plain text), the key is in a plain file as in the browser host, and the screens say so. The
 * first start decides: a sealed key is only ever opened by the keychain, and a key in a plain file stays there. Throws
 * KEYCHAIN_CLOSED.
 */
export function createKeychainStore(path: string, plainPath: string): SecretStore {
  const plain =
    !safeStorage.isEncryptionAvailable() ||
    (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
  const sealed = existsSync(path)
  if (plain && sealed) throw new KeyError('KEYCHAIN_CLOSED', path)
  if (plain || (!sealed && existsSync(plainPath))) return createFileSecretStore(plainPath)
  return {
    kind: 'keychain',
    path,
    load: async () => {
      const kept = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      if (kept === null) return null
      if (kept.length === 0) throw new KeyError('KEY_UNUSABLE', path)
      try {
        return safeStorage.decryptString(kept)
      } catch (error) {
        throw new KeyError('KEYCHAIN_CLOSED', path, error)
      }
    },
    save: async (secret) => {
      await writeFile(`${path}.new`, safeStorage.encryptString(secret), { mode: 0o600, flush: true })
      await rename(`${path}.new`, path)
    },
  }
}
